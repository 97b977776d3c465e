package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.SignIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What one run found, ready to be asked by name and by tenant.
final class ObservedState {

    private final List<ObservedResource> all;
    private final Map<Key, ObservedResource> byName = new HashMap<>();
    private final Map<UUID, List<ObservedResource>> rolesOf = new HashMap<>();
    private final Map<UUID, List<ObservedResource>> containersOf = new HashMap<>();
    private final Map<UUID, SignIn> signIns;

    private record Key(Kind kind, String server, String name) {}

    /// @param signIns of those tenants whose credentials were tried
    ObservedState(List<ObservedResource> all, Map<UUID, SignIn> signIns) {
        this.all = List.copyOf(all);
        this.signIns = Map.copyOf(signIns);
        for (var found : all) {
            byName.put(new Key(found.kind(), found.property(ObservedResource.SERVER), found.name()), found);
            if (found.kind() == Kind.ROLE) note(found, rolesOf);
            if (found.kind() == Kind.CONTAINER) note(found, containersOf);
        }
    }

    private static void note(ObservedResource found, Map<UUID, List<ObservedResource>> of) {
        found.tenant()
                .ifPresent(tenant ->
                        of.computeIfAbsent(tenant, id -> new ArrayList<>()).add(found));
    }

    List<ObservedResource> all() {
        return all;
    }

    Optional<ObservedResource> find(Kind kind, String name) {
        return find(kind, "", name);
    }

    /// @param server name of a cluster, or empty for the one that tenants share
    Optional<ObservedResource> find(Kind kind, String server, String name) {
        return Optional.ofNullable(byName.get(new Key(kind, server, name)));
    }

    /// All roles on a server that carry the tenant's tag.
    List<ObservedResource> roles(UUID tenant, String server) {
        return rolesOf.getOrDefault(tenant, List.of()).stream()
                .filter(role -> role.property(ObservedResource.SERVER).equals(server))
                .toList();
    }

    List<ObservedResource> containers(UUID tenant) {
        return containersOf.getOrDefault(tenant, List.of());
    }

    /// What is on a server that only another replica can look at is not compared here.
    boolean isElsewhere(DesiredState desired) {
        return find(Kind.CLUSTER, desired.server())
                .filter(cluster -> cluster.is(ObservedResource.ELSEWHERE))
                .isPresent();
    }

    Set<UUID> tried() {
        return signIns.keySet();
    }

    SignIn signIn(UUID tenant) {
        return signIns.getOrDefault(tenant, new SignIn.NoAnswer());
    }
}
