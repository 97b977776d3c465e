package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.cloud.Found;
import io.autostack.provisioning.cloud.Found.Kind;
import io.autostack.provisioning.cloud.SignIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What one look found, ready to be asked by name and by tenant.
final class Seen {

    private final List<Found> all;
    private final Map<Key, Found> byName = new HashMap<>();
    private final Map<UUID, List<Found>> rolesOf = new HashMap<>();
    private final Map<UUID, List<Found>> containersOf = new HashMap<>();
    private final Map<UUID, SignIn> signIns;

    private record Key(Kind kind, String server, String name) {}

    /// @param signIns of those tenants whose credentials were tried
    Seen(List<Found> all, Map<UUID, SignIn> signIns) {
        this.all = List.copyOf(all);
        this.signIns = Map.copyOf(signIns);
        for (var found : all) {
            byName.put(new Key(found.kind(), found.property(Found.SERVER), found.name()), found);
            if (found.kind() == Kind.ROLE) note(found, rolesOf);
            if (found.kind() == Kind.CONTAINER) note(found, containersOf);
        }
    }

    private static void note(Found found, Map<UUID, List<Found>> of) {
        found.tenant()
                .ifPresent(tenant ->
                        of.computeIfAbsent(tenant, id -> new ArrayList<>()).add(found));
    }

    List<Found> all() {
        return all;
    }

    Optional<Found> find(Kind kind, String name) {
        return find(kind, "", name);
    }

    /// @param server name of a cluster, or empty for the one that tenants share
    Optional<Found> find(Kind kind, String server, String name) {
        return Optional.ofNullable(byName.get(new Key(kind, server, name)));
    }

    /// All roles on a server that carry the tenant's tag.
    List<Found> roles(UUID tenant, String server) {
        return rolesOf.getOrDefault(tenant, List.of()).stream()
                .filter(role -> role.property(Found.SERVER).equals(server))
                .toList();
    }

    List<Found> containers(UUID tenant) {
        return containersOf.getOrDefault(tenant, List.of());
    }

    /// What is on a server that only another replica can look at is not compared here.
    boolean isElsewhere(Wanted wanted) {
        return find(Kind.CLUSTER, wanted.server())
                .filter(cluster -> cluster.is(Found.ELSEWHERE))
                .isPresent();
    }

    Set<UUID> tried() {
        return signIns.keySet();
    }

    SignIn signIn(UUID tenant) {
        return signIns.getOrDefault(tenant, new SignIn.NoAnswer());
    }
}
