package io.autostack.tenancy.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Which tenant comes when: one alone, then a tenth of all, then the rest. Pure.
final class Waves {

    static final int CANARY = 1;
    static final int TENTH = 2;
    static final int REST = 3;

    private Waves() {}

    /// A tenant and its wave.
    record Place(UUID tenant, int wave) {}

    /// @param tenants in the order in which they should come
    /// @param canary the first; one of them
    static List<Place> of(List<UUID> tenants, UUID canary) {
        var places = new ArrayList<Place>();
        places.add(new Place(canary, CANARY));
        int tenth = (tenants.size() + 9) / 10;
        for (var tenant : tenants)
            if (!tenant.equals(canary)) places.add(new Place(tenant, places.size() <= tenth ? TENTH : REST));
        return places;
    }

    static String name(int wave) {
        return switch (wave) {
            case CANARY -> "Canary";
            case TENTH -> "One in ten";
            default -> "The rest";
        };
    }
}
