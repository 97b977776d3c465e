package io.autostack.kill;

import io.autostack.kill.Frontend.Event.Crossing;
import io.autostack.provisioning.plans.Names;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One operation whose writes are counted, up to the one before which it is held.
final class Target {

    static final String CLAIM = "claim by a worker";

    /// For one that is only counted.
    static final int NEVER = Integer.MAX_VALUE;

    /// The number of the claim, which follows the write that enqueues.
    static final int CLAIMED = 2;

    private static final Pattern TASK =
            Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/\\d+");

    private static final Pattern DATABASE = Pattern.compile("(tenant|snapshot)_[0-9a-f]{32}");

    private final List<byte[]> names = new CopyOnWriteArrayList<>();
    private final String slug;
    private final int stop;
    private final boolean enqueuedLater;
    private final List<String> crossed = new ArrayList<>();
    private boolean unclaimed;
    private boolean heldInDriver;
    private @Nullable String held;

    /// @param slug which the names of all that belongs to the tenant hold
    /// @param tenant its id, if it is there already
    /// @param stop number of the crossing that does not happen, from 1 on
    /// @param enqueuedLater whether the first crossing asks for more than the request
    Target(String slug, Optional<UUID> tenant, int stop, boolean enqueuedLater) {
        this.slug = slug;
        this.stop = stop;
        this.enqueuedLater = enqueuedLater;
        names.add(slug.getBytes(StandardCharsets.UTF_8));
        tenant.ifPresent(this::add);
        tenant.map(Names::database).ifPresent(this::add);
    }

    boolean isNamedIn(byte[] message) {
        return names.stream().anyMatch(name -> contains(message, name));
    }

    /// The task of an operation is called after its operation, a database after its tenant, and a
    /// snapshot after what it was taken for.
    void learn(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        var task = TASK.matcher(text);
        if (task.find()) add(UUID.fromString(task.group(1)));
        DATABASE.matcher(text).results().forEach(database -> add(database.group()));
    }

    /// @return false when it must not happen
    synchronized boolean mayCross(Crossing crossing) {
        // What goes on was claimed meanwhile; that is a write as well.
        if (unclaimed) crossed.add(CLAIM);
        unclaimed = false;
        if (held != null) return false;
        if (crossed.size() + 1 >= stop) {
            held = crossing.what();
            heldInDriver = crossing.inDriver();
            return false;
        }
        crossed.add(crossing.what());
        unclaimed = crossing.schedules();
        return true;
    }

    /// @return false when the next claim is the crossing that must not happen
    synchronized boolean mayBeClaimed() {
        if (claimIsNext()) held = CLAIM;
        return !claimIsNext() && !(crossed.isEmpty() && comesBeforeItsClaim());
    }

    synchronized Optional<String> held() {
        return Optional.ofNullable(held);
    }

    /// What has happened so far.
    synchronized List<String> writes() {
        return List.copyOf(crossed);
    }

    synchronized boolean isHeldInDriver() {
        return heldInDriver;
    }

    /// What was asked for is written down: whoever asked gets an answer, sooner or later.
    synchronized boolean isEnqueued() {
        return CLAIM.equals(held) || crossed.contains(CLAIM);
    }

    /// Nobody may claim anything before it is asked for, or a claim that is on its way would take it along.
    boolean comesBeforeItsClaim() {
        return stop == CLAIMED && !enqueuedLater;
    }

    /// Whether it goes on when somebody claims it, and not before.
    synchronized boolean waitsForItsClaim() {
        return unclaimed && held == null;
    }

    /// A claim by a worker that is held already can no longer happen.
    synchronized void noClaims() {
        if (claimIsNext()) held = CLAIM;
    }

    /// What has happened, for whoever wonders why nothing does.
    @Override
    public synchronized String toString() {
        return "%s, to be held before write %d, is held before %s after %s"
                .formatted(slug, stop, held().orElse("none"), crossed);
    }

    private boolean claimIsNext() {
        return unclaimed && crossed.size() + 1 == stop;
    }

    /// The engine calls a container by an id of its own once it is made.
    void add(String name) {
        if (!isNamedIn(name.getBytes(StandardCharsets.UTF_8))) names.add(name.getBytes(StandardCharsets.UTF_8));
    }

    private void add(UUID id) {
        if (isNamedIn(id.toString().getBytes(StandardCharsets.UTF_8))) return;
        names.add(id.toString().getBytes(StandardCharsets.UTF_8));
        names.add(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    private static boolean contains(byte[] message, byte[] name) {
        search:
        for (int from = 0; from <= message.length - name.length; from++) {
            for (int at = 0; at < name.length; at++) if (message[from + at] != name[at]) continue search;
            return true;
        }
        return false;
    }
}
