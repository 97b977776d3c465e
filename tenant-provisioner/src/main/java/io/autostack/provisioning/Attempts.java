package io.autostack.provisioning;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this process knows of the attempts that it began, and whose turn it is among those under suspicion.
///
/// An operation is under suspicion when an attempt was begun and nobody wrote its answer down: it may have taken its
/// process with it, or have been under way in a process that another one ended. So that the second death tells the two
/// apart, those under suspicion are asked one at a time.
final class Attempts {

    /// Longer than that one that hangs keeps nobody waiting.
    private static final Duration ALONE = Duration.ofMinutes(1);

    private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();
    private final Set<UUID> unwritten = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private @Nullable UUID alone;
    private long since;

    void begin(UUID operation) {
        underWay.merge(operation, 1, Integer::sum);
    }

    /// It came back, and this process lives.
    ///
    /// @param written whether its answer is in the ledger
    void end(UUID operation, boolean written) {
        underWay.computeIfPresent(operation, (id, many) -> many == 1 ? null : many - 1);
        if (written) unwritten.remove(operation);
        else unwritten.add(operation);
    }

    /// Whether the last attempt is under way here, or came back though its answer could not be written down.
    boolean isKnown(UUID operation) {
        return unwritten.contains(operation) || underWay.containsKey(operation);
    }

    Set<UUID> underWay() {
        return Set.copyOf(underWay.keySet());
    }

    /// @return false when another one under suspicion is asked all that time
    boolean enter(UUID operation, Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (alone != null && System.nanoTime() - since < ALONE.toNanos()) {
                if (nanos <= 0) return false;
                nanos = left.awaitNanos(nanos);
            }
            alone = operation;
            since = System.nanoTime();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing happens when it is not this one's turn.
    void leave(UUID operation) {
        lock.lock();
        try {
            if (!operation.equals(alone)) return;
            alone = null;
            left.signal();
        } finally {
            lock.unlock();
        }
    }
}
