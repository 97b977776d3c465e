package io.autostack.kill;

import io.autostack.kill.Frontend.Event;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Decides about each message whether it may happen, for all that stand between the control plane and the outside.
final class Gate {

    private final List<Target> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger claimsHeld = new AtomicInteger();

    void watch(Target target) {
        targets.add(target);
    }

    /// Counts nothing any more.
    void forget() {
        targets.clear();
        claimsHeld.set(0);
    }

    boolean claimsAreHeld() {
        return claimsHeld.get() > 0;
    }

    /// Whether the target will go no further.
    boolean holds(Target target) {
        if (claimsAreHeld()) target.noClaims();
        return target.held().isPresent();
    }

    /// About the one that was asked for last.
    @Override
    public String toString() {
        return claimsHeld + " claims are held; " + (targets.isEmpty() ? "nobody is watched" : targets.getLast());
    }

    Set<Target> named(byte[] message) {
        return targets.stream().filter(target -> target.isNamedIn(message)).collect(Collectors.toSet());
    }

    /// What names several is about the one that was asked for last: the others are held already, and merely listed.
    private List<Target> youngest(Set<Target> concerned) {
        return targets.stream().filter(concerned::contains).reduce((earlier, later) -> later).stream()
                .toList();
    }

    boolean mayHappen(Event event) {
        var all = true;
        switch (event) {
            case Event.Crossing crossing -> {
                for (var target : youngest(crossing.targets())) all &= target.mayCross(crossing);
            }
            case Event.Claim() -> {
                for (var target : targets) all &= target.mayBeClaimed();
                if (!all) claimsHeld.incrementAndGet();
            }
        }
        return all;
    }
}
