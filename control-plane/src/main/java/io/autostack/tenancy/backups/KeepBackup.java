package io.autostack.tenancy.backups;

import io.autostack.provisioning.Operation;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.Subject;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// Writes down the snapshot that an operation has taken, for the completion handler of that operation. The snapshot has
/// the name that `Names.snapshot` makes of the backup's id, and its facts are those that the cloud taught.
@ApplicationScoped
public class KeepBackup {

    private final Backups backups;
    private final Tenants tenants;
    private final InstantSource clock;

    @Inject
    KeepBackup(Backups backups, Tenants tenants, InstantSource clock) {
        this.backups = backups;
        this.tenants = tenants;
        this.clock = clock;
    }

    /// A backup that nobody has begun: of a database that was replaced, or of a tenant that is closed.
    ///
    /// @param of the tenant, with the database that it is a snapshot of
    /// @return false when no snapshot was taken, or it is written down already
    public boolean keep(Operation operation, Subject of, UUID id, BackupKind kind) {
        if (operation.learned().find("snapshot.takenAt").isEmpty()) return false;
        backups.begin(
                id,
                operation.tenant(),
                operation.id(),
                kind,
                Names.snapshot(id),
                of.database(),
                of.requestedBy(),
                clock.instant());
        return keep(operation, id);
    }

    /// One that was begun when it was asked for.
    boolean keep(Operation operation, UUID id) {
        var learned = operation.learned();
        var takenAt = Instant.parse(learned.get("snapshot.takenAt"));
        var environment = tenants.find(operation.tenant()).orElseThrow().environment();
        return backups.kept(
                id,
                takenAt,
                Long.parseLong(learned.get("snapshot.bytes")),
                learned.find("snapshot.file"),
                Retention.expiry(environment, takenAt));
    }
}
