package io.autostack.tenancy.capacity;

import io.autostack.provisioning.cloud.Quota;
import java.util.List;
import java.util.stream.Collectors;

/// How much room there is, and whether what is wanted fits.
public record Capacity(List<Room> rooms) {

    public Capacity {
        rooms = List.copyOf(rooms);
    }

    /// What somebody wants to add.
    ///
    /// @param tenants how many
    /// @param connections that their plans promise together
    public record Demand(long tenants, long connections) {

        static final Demand NOTHING = new Demand(0, 0);

        long of(Quota quota) {
            return quota.name().equals(Quota.CONNECTIONS) ? connections : tenants * quota.perTenant();
        }
    }

    /// One thing that can run out.
    ///
    /// @param unit `bytes`, or what is counted
    /// @param used what is being built counts as used
    /// @param free never below zero
    /// @param wanted what the demand takes
    /// @param hard whether nothing can be built without it; otherwise more is promised than can be kept at once
    public record Room(
            String name, String title, String unit, long used, long limit, long free, long wanted, boolean hard) {

        public boolean enough() {
            return wanted <= free;
        }
    }

    /// @param inFlight enqueued already and perhaps not yet among what is used
    public static Capacity judge(List<Quota> quotas, Demand inFlight, Demand wanted) {
        return new Capacity(quotas.stream()
                .map(quota -> {
                    long used = quota.used() + inFlight.of(quota);
                    return new Room(
                            quota.name(),
                            quota.title(),
                            quota.unit(),
                            used,
                            quota.limit(),
                            Math.max(0, quota.limit() - used),
                            wanted.of(quota),
                            quota.hard());
                })
                .toList());
    }

    /// A warning does not stop anybody.
    public boolean fits() {
        return rooms.stream().allMatch(room -> room.enough() || !room.hard());
    }

    /// What there is too little of, in words.
    public String shortage() {
        return "There is no room for one more tenant: "
                + rooms.stream()
                        .filter(room -> room.hard() && !room.enough())
                        .map(room -> room.title() + " " + room.used() + " of " + room.limit() + " " + room.unit()
                                + " used, " + room.free() + " free, " + room.wanted() + " wanted")
                        .collect(Collectors.joining("; "))
                + ". Make room or raise the limit, then try again.";
    }
}
