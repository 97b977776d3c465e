package io.autostack.tenancy.backups;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.BackUpTenant;
import io.autostack.provisioning.plans.RemoveBackup;
import io.autostack.provisioning.plans.RetireDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Notes that a backup is there, or is not, or is no more. One that could not be removed stays as it is asked for, and
/// its operation waits for a person. One that could not be taken stays in the list as failed.
@ApplicationScoped
class BackupCompletion implements CompletionHandler {

    private final Backups backups;
    private final KeepBackup keep;
    private final Audit audit;

    @Inject
    BackupCompletion(Backups backups, KeepBackup keep, Audit audit) {
        this.backups = backups;
        this.keep = keep;
        this.audit = audit;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(BackUpTenant.KIND, RemoveBackup.KIND, RetireDatabase.KIND);
    }

    @Override
    public void completed(Operation operation) {
        var done = operation.state() == State.DONE;
        var backup = UUID.fromString(operation.facts().get("backup"));
        switch (operation.kind()) {
            case BackUpTenant.KIND -> {
                if (done
                        ? keep.keep(operation, backup)
                        : backups.change(backup, BackupState.TAKING, BackupState.FAILED))
                    record(operation, backup, done ? "tenant.backed-up" : "tenant.backup-failed");
            }
            case RemoveBackup.KIND -> {
                if (done && backups.change(backup, BackupState.REMOVING, BackupState.REMOVED))
                    record(operation, backup, "tenant.backup-removed");
            }
            default -> {
                if (!done) return;
                keep.keep(operation, backup, BackupKind.REPLACED);
                record(operation, backup, "tenant.database-retired");
            }
        }
    }

    @Override
    public void retried(Operation operation) {
        if (operation.kind().equals(BackUpTenant.KIND))
            backups.change(UUID.fromString(operation.facts().get("backup")), BackupState.FAILED, BackupState.TAKING);
    }

    private void record(Operation operation, UUID backup, String action) {
        audit.record(
                Actor.SYSTEM,
                operation.tenant(),
                action,
                "backup",
                backup.toString(),
                Map.of(
                        "slug", operation.facts().get("slug"),
                        "operation", operation.id().toString()));
    }
}
