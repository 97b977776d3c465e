package io.autostack.tenancy.backups;

import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The backups that the current database scope sees.
@ApplicationScoped
public class Backups {

    private static final String SELECT = """
            select id, tenant_id, operation, kind, state, snapshot, database, file, bytes, taken_at, expires_at,
                   requested_by, created_at
              from tenancy.backup
            """;

    private final Statements statements;

    @Inject
    Backups(Statements statements) {
        this.statements = statements;
    }

    public Optional<Backup> find(UUID tenant, UUID id) {
        return statements.read(SELECT + "where tenant_id = ? and id = ?", Backups::row, tenant, id).stream()
                .findFirst();
    }

    /// Of one tenant, newest first.
    public Page<Backup> page(UUID tenant, PageRequest request) {
        var rows = statements.read(
                SELECT + "where tenant_id = ? and (?::uuid is null or id < ?) order by id desc limit ?",
                Backups::row,
                tenant,
                request.afterId().orElse(null),
                request.afterId().orElse(null),
                request.size() + 1);
        return Page.of(rows, request.size(), backup -> backup.id().toString());
    }

    /// With the newest data among those that can be restored.
    Optional<Backup> newest(UUID tenant, Instant now) {
        return statements
                .read(
                        SELECT + "where tenant_id = ? and state = 'kept' and expires_at > ?"
                                + " order by taken_at desc limit 1",
                        Backups::row,
                        tenant,
                        now)
                .stream()
                .findFirst();
    }

    List<Backup> expired(Instant now, int max) {
        return statements.read(
                SELECT + "where state = 'kept' and expires_at <= ? order by expires_at limit ?",
                Backups::row,
                now,
                max);
    }

    Optional<Instant> newestScheduled(UUID tenant) {
        return statements
                .read(
                        "select created_at from tenancy.backup where tenant_id = ? and kind = 'scheduled'"
                                + " order by created_at desc limit 1",
                        row -> Statements.moment(row, "created_at"),
                        tenant)
                .stream()
                .findFirst();
    }

    /// Tenants that may be due, by their ids; `Retention.isDue` decides.
    List<UUID> withoutScheduledSince(Instant since, int max) {
        return statements.read("""
                select t.id from tenancy.tenant t
                 where t.environment = 'production' and t.status = 'active'
                   and not exists (select from tenancy.backup b
                                    where b.tenant_id = t.id and b.kind = 'scheduled' and b.created_at > ?)
                 order by t.id limit ?
                """, row -> Statements.id(row, "id"), since, max);
    }

    /// One that is being taken. Enqueueing it again changes nothing.
    void begin(
            UUID id,
            UUID tenant,
            UUID operation,
            BackupKind kind,
            String snapshot,
            String database,
            String requestedBy,
            Instant now) {
        statements.change("""
                insert into tenancy.backup
                       (id, tenant_id, operation, kind, state, snapshot, database, requested_by, created_at)
                values (?, ?, ?, ?, 'taking', ?, ?, ?, ?)
                on conflict (id) do nothing
                """, id, tenant, operation, kind.word(), snapshot, database, requestedBy, now);
    }

    boolean kept(UUID id, Instant takenAt, long bytes, Optional<String> file, Instant expiresAt) {
        return statements.change("""
                update tenancy.backup set state = 'kept', taken_at = ?, bytes = ?, file = ?, expires_at = ?
                 where id = ? and state in ('taking', 'failed')
                """, takenAt, bytes, file.orElse(null), expiresAt, id);
    }

    boolean change(UUID id, BackupState from, BackupState to) {
        return statements.change(
                "update tenancy.backup set state = ? where id = ? and state = ?", to.word(), id, from.word());
    }

    private static Backup row(ResultSet row) throws SQLException {
        return new Backup(
                Statements.id(row, "id"),
                Statements.id(row, "tenant_id"),
                Statements.id(row, "operation"),
                BackupKind.of(row.getString("kind")),
                BackupState.of(row.getString("state")),
                row.getString("snapshot"),
                row.getString("database"),
                row.getString("file"),
                Statements.numberIfAny(row, "bytes"),
                Statements.momentIfAny(row, "taken_at"),
                Statements.momentIfAny(row, "expires_at"),
                row.getString("requested_by"),
                Statements.moment(row, "created_at"));
    }
}
