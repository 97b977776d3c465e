package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.cloud.Found;
import io.autostack.provisioning.cloud.Found.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which things nobody owns: tagged as ours, of a tenant that is not there or has been closed.
final class Orphanage {

    private static final String SNAPSHOT = "snapshot_";

    private Orphanage() {}

    /// What is known about a tenant that something is tagged with.
    enum Standing {
        /// Serving, being built, or failed and not yet released.
        OWNS,
        /// Closed: only what is kept for it is still its own.
        CLOSED
    }

    /// Something without an owner, and why.
    record Orphan(Kind kind, String name, UUID tagged, String why) {}

    /// @param standings of the tenants that are known; one that is missing here is not there
    static List<Orphan> of(List<Found> found, Map<UUID, Standing> standings) {
        return found.stream()
                .flatMap(thing -> thing.tenant().flatMap(tag -> of(thing, tag, standings)).stream())
                .toList();
    }

    private static Optional<Orphan> of(Found thing, UUID tag, Map<UUID, Standing> standings) {
        var standing = standings.get(tag);
        if (standing == null) return Optional.of(new Orphan(thing.kind(), thing.name(), tag, "no such tenant"));
        var kept = thing.kind() == Kind.DATABASE && thing.name().startsWith(SNAPSHOT);
        return standing == Standing.OWNS || kept
                ? Optional.empty()
                : Optional.of(new Orphan(thing.kind(), thing.name(), tag, "its tenant is closed"));
    }
}
