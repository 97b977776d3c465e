package io.autostack.tenancy.backups;

import io.autostack.audit.Actor;
import io.autostack.provisioning.plans.BackUpTenant;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.RemoveBackup;
import io.autostack.provisioning.plans.RestoreDrill;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.ChangeRequest.Change;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Enqueues taking, restoring, trying out and removing backups. The tenant's lock is taken before a
/// backup is looked at, so that none is restored that is about to be removed.
@ApplicationScoped
class BackupRequests {

    private static final Set<TenantStatus> SERVED = EnumSet.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED);

    private final ChangeRequest request;
    private final Backups backups;
    private final Drills drills;
    private final Tenants tenants;
    private final InstantSource clock;

    @Inject
    BackupRequests(ChangeRequest request, Backups backups, Drills drills, Tenants tenants, InstantSource clock) {
        this.request = request;
        this.backups = backups;
        this.drills = drills;
        this.tenants = tenants;
        this.clock = clock;
    }

    /// What can come of it.
    sealed interface Result {

        /// @param id of the backup or drill
        record Answered(UUID id, ChangeRequest.Result answer) implements Result {}

        record NotFound() implements Result {}

        /// It is there no more, or not yet.
        record NotKept(Backup backup) implements Result {}

        /// There is none that could be tried out.
        record NothingToTry() implements Result {}
    }

    @Transactional
    Result.Answered take(Actor actor, TenantRow tenant, BackupKind kind) {
        var id = UuidV7.next();
        var answer = request.ask(
                actor,
                tenant,
                new Change(
                        SERVED,
                        Set.of(BackUpTenant.KIND),
                        "tenant.backup-requested",
                        Map.of("backup", id.toString(), "kind", kind.word()),
                        (subject, change) -> new BackUpTenant.Request(subject, id)));
        if (answer instanceof ChangeRequest.Result.Accepted(var operation)) {
            var database = tenants.find(tenant.id())
                    .orElseThrow()
                    .subject(actor.name())
                    .database();
            backups.begin(
                    id, tenant.id(), operation, kind, Names.snapshot(id), database, actor.name(), clock.instant());
        }
        return new Result.Answered(id, answer);
    }

    @Transactional
    Result restore(Actor actor, TenantRow asked, UUID id) {
        tenants.lock(asked.id());
        return kept(asked, id, (tenant, backup) -> {
            return new Result.Answered(
                    id,
                    request.ask(
                            actor,
                            tenant,
                            new Change(
                                    SERVED,
                                    ChangeRequest.EVERY_KIND,
                                    "tenant.restore-requested",
                                    about(backup),
                                    (subject, change) -> new RestoreTenant.Request(
                                            subject,
                                            change,
                                            id,
                                            backup.snapshot(),
                                            tenant.sizing(),
                                            tenant.status() == TenantStatus.SUSPENDED))));
        });
    }

    /// Also of a tenant that is closed, and of one whose backup has expired.
    @Transactional
    Result remove(Actor actor, TenantRow asked, UUID id) {
        tenants.lock(asked.id());
        var found = backups.find(asked.id(), id);
        if (found.isEmpty()) return new Result.NotFound();
        var backup = found.get();
        if (backup.state() != BackupState.KEPT) return new Result.NotKept(backup);
        var answer = request.ask(
                actor,
                asked,
                new Change(
                        EnumSet.allOf(TenantStatus.class),
                        Set.of(),
                        "tenant.backup-removal-requested",
                        about(backup),
                        (subject, change) -> new RemoveBackup.Request(subject, change, id, backup.snapshot())));
        if (answer instanceof ChangeRequest.Result.Accepted) backups.change(id, BackupState.KEPT, BackupState.REMOVING);
        return new Result.Answered(id, answer);
    }

    @Transactional
    Result drill(Actor actor, TenantRow asked) {
        tenants.lock(asked.id());
        var newest = backups.newest(asked.id(), clock.instant());
        if (newest.isEmpty()) return new Result.NothingToTry();
        var backup = newest.get();
        var id = UuidV7.next();
        var answer = request.ask(
                actor,
                asked,
                new Change(
                        SERVED,
                        Set.of(RestoreDrill.KIND),
                        "tenant.drill-requested",
                        about(backup),
                        (subject, change) -> new RestoreDrill.Request(subject, id, backup.id(), backup.snapshot())));
        if (answer instanceof ChangeRequest.Result.Accepted(var operation))
            drills.begin(id, operation, backup, actor.name(), clock.instant());
        return new Result.Answered(id, answer);
    }

    private interface Work {
        Result on(TenantRow tenant, Backup backup);
    }

    private Result kept(TenantRow asked, UUID id, Work work) {
        var found = backups.find(asked.id(), id);
        if (found.isEmpty()) return new Result.NotFound();
        if (!found.get().isThere(clock.instant())) return new Result.NotKept(found.get());
        return work.on(tenants.find(asked.id()).orElseThrow(), found.get());
    }

    private static Map<String, String> about(Backup backup) {
        return Map.of("backup", backup.id().toString(), "taken", String.valueOf(backup.takenAt()));
    }
}
