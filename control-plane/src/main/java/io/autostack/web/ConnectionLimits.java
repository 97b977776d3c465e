package io.autostack.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Who may stay connected: so many from one address, and so many in all. Where there is no room, the connection
/// that can best be spared makes way for the new one. Neither a clock nor a network is needed to know that.
///
/// @param <C> what a connection is known by; equal to itself alone
final class ConnectionLimits<C> {

    /// What a connection is about, and in this order it can be spared; of several, the one that has been at it
    /// longest.
    enum Activity {
        /// Was answered, and asks for nothing more.
        IDLE,
        SENDING_HEAD,
        SENDING_BODY,
        /// Does not fetch the answer that it asked for.
        NOT_READING,
        /// Has said everything and waits for us: it never makes way.
        BEING_SERVED
    }

    /// What becomes of somebody who comes.
    sealed interface Admission<C> {
        record Admitted<C>() implements Admission<C> {}

        /// In the place of another, which is to be closed.
        record InPlaceOf<C>(C other) implements Admission<C> {}

        record Refused<C>() implements Admission<C> {}
    }

    private record Place(String address, Activity activity) {}

    private final int maxPerAddress;
    private final int max;
    private final Map<C, Place> places = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Activity, SequencedSet<C>> queues = new EnumMap<>(Activity.class);

    ConnectionLimits(int maxPerAddress, int max) {
        this.maxPerAddress = maxPerAddress;
        this.max = max;
        for (var activity : Activity.values()) queues.put(activity, new LinkedHashSet<>());
    }

    synchronized Admission<C> admit(C connection, String address) {
        boolean addressIsFull = counts.getOrDefault(address, 0) >= maxPerAddress;
        if (!addressIsFull && places.size() < max) {
            enter(connection, address);
            return new Admission.Admitted<>();
        }
        var other = mostDispensable(addressIsFull ? address : null);
        if (other == null) return new Admission.Refused<>();
        left(other);
        enter(connection, address);
        return new Admission.InPlaceOf<>(other);
    }

    /// Nothing happens for one that has left or made way.
    synchronized void now(C connection, Activity activity) {
        var place = places.get(connection);
        if (place == null || place.activity() == activity) return;
        queue(place.activity()).remove(connection);
        queue(activity).add(connection);
        places.put(connection, new Place(place.address(), activity));
    }

    synchronized void left(C connection) {
        var place = places.remove(connection);
        if (place == null) return;
        queue(place.activity()).remove(connection);
        counts.computeIfPresent(place.address(), (address, many) -> many == 1 ? null : many - 1);
    }

    /// Whoever has one IPv6 address has 2⁶⁴ of them.
    static String address(InetAddress remote) {
        var bytes = remote.getAddress();
        return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    }

    private void enter(C connection, String address) {
        places.put(connection, new Place(address, Activity.SENDING_HEAD));
        queue(Activity.SENDING_HEAD).add(connection);
        counts.merge(address, 1, Integer::sum);
    }

    private @Nullable C mostDispensable(@Nullable String address) {
        for (var activity : Activity.values()) {
            if (activity == Activity.BEING_SERVED) break;
            for (var connection : queue(activity))
                if (address == null || isFrom(connection, address)) return connection;
        }
        return null;
    }

    private boolean isFrom(C connection, String address) {
        var place = places.get(connection);
        return place != null && place.address().equals(address);
    }

    private SequencedSet<C> queue(Activity activity) {
        var queue = queues.get(activity);
        if (queue == null) throw new IllegalStateException("every activity has a queue");
        return queue;
    }
}
