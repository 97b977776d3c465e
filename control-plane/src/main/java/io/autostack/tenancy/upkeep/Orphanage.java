package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which things nobody owns: tagged as ours, of a tenant that is not there, is closed or gone.
final class Orphanage {

    private static final String SNAPSHOT = "snapshot_";

    private Orphanage() {}

    /// What is known about a tenant that something is tagged with.
    enum Standing {
        /// Serving, being built, or failed and not yet released.
        OWNS,
        /// Closed, and may come back: only what is kept for that is still its own.
        CLOSED,
        /// Nothing of it is to be left.
        GONE
    }

    /// Something without an owner, and why.
    record Orphan(ObservedResource thing, UUID tagged, String why) {

        Kind kind() {
            return thing.kind();
        }

        String name() {
            return thing.name();
        }
    }

    /// @param standings of the tenants that are known; one that is missing here is not there
    static List<Orphan> of(List<ObservedResource> found, Map<UUID, Standing> standings) {
        return found.stream()
                .flatMap(thing -> thing.tenant().flatMap(tag -> of(thing, tag, standings)).stream())
                .toList();
    }

    private static Optional<Orphan> of(ObservedResource thing, UUID tag, Map<UUID, Standing> standings) {
        var standing = standings.get(tag);
        if (standing == null) return Optional.of(new Orphan(thing, tag, "no such tenant"));
        return switch (standing) {
            case OWNS -> Optional.empty();
            case CLOSED ->
                isKept(thing) ? Optional.empty() : Optional.of(new Orphan(thing, tag, "its tenant is closed"));
            case GONE -> Optional.of(new Orphan(thing, tag, "its tenant is gone"));
        };
    }

    /// A reopened tenant needs them: final snapshots and their files, the server that they are on with their roles, and
    /// credentials.
    private static boolean isKept(ObservedResource thing) {
        return switch (thing.kind()) {
            case DATABASE, ROLE -> thing.name().startsWith(SNAPSHOT);
            case SECRET, CLUSTER, DUMP -> true;
            case ROUTE, CONTAINER, NETWORK -> false;
        };
    }
}
