package io.autostack.tenancy.backups;

import io.autostack.provisioning.CompletionHandler;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.plans.BackUpTenant;
import io.autostack.provisioning.plans.RemoveBackup;
import io.autostack.provisioning.plans.RetireDatabase;
import io.autostack.provisioning.plans.TenantRequest;
import io.autostack.tenancy.OperationAudit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Notes that a backup is there, or is not, or is no more. One that could not be removed stays as it is asked for, and
/// its operation waits for a person. One that could not be taken stays in the list as failed.
@ApplicationScoped
class BackupCompletion implements CompletionHandler<TenantRequest> {

    private final Backups backups;
    private final KeepBackup keep;
    private final OperationAudit audit;

    @Inject
    BackupCompletion(Backups backups, KeepBackup keep, OperationAudit audit) {
        this.backups = backups;
        this.keep = keep;
        this.audit = audit;
    }

    @Override
    public Set<Class<? extends TenantRequest>> requests() {
        return Set.of(BackUpTenant.Request.class, RemoveBackup.Request.class, RetireDatabase.Request.class);
    }

    @Override
    public void completed(Operation operation, TenantRequest request) {
        var done = operation.state() == State.DONE;
        switch (request) {
            case BackUpTenant.Request(var subject, var backup, var snapshot) -> {
                if (done
                        ? keep.keep(operation, backup)
                        : backups.change(backup, BackupState.TAKING, BackupState.FAILED))
                    record(operation, request, backup, done ? "tenant.backed-up" : "tenant.backup-failed");
            }
            case RemoveBackup.Request(var subject, var change, var backup, var snapshot) -> {
                if (done && backups.change(backup, BackupState.REMOVING, BackupState.REMOVED))
                    record(operation, request, backup, "tenant.backup-removed");
            }
            case RetireDatabase.Request(var subject, var backup, var snapshot) -> {
                if (!done) return;
                keep.keep(operation, subject, backup, BackupKind.REPLACED);
                record(operation, request, backup, "tenant.database-retired");
            }
            default -> throw new IllegalStateException("nothing about a backup: " + operation.kind());
        }
    }

    @Override
    public void retried(Operation operation, TenantRequest request) {
        if (request instanceof BackUpTenant.Request taken)
            backups.change(taken.backup(), BackupState.FAILED, BackupState.TAKING);
    }

    private void record(Operation operation, TenantRequest request, UUID backup, String action) {
        audit.record(operation, request, action, "backup", backup.toString(), Map.of());
    }
}
