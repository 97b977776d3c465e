package io.autostack.tenancy.backups;

import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The restore drills that the current database scope sees.
@ApplicationScoped
class Drills {

    private final Statements statements;

    @Inject
    Drills(Statements statements) {
        this.statements = statements;
    }

    /// Of one tenant, newest first.
    Page<Drill> page(UUID tenant, PageRequest request) {
        var rows = statements.read(
                """
                select id, tenant_id, backup_id, operation, state, rto_ms, rpo_ms, requested_by, created_at
                  from tenancy.restore_drill
                 where tenant_id = ? and (?::uuid is null or id < ?) order by id desc limit ?
                """,
                Drills::row,
                tenant,
                request.afterId().orElse(null),
                request.afterId().orElse(null),
                request.size() + 1);
        return Page.of(rows, request.size(), drill -> drill.id().toString());
    }

    void begin(UUID id, UUID operation, Backup backup, String requestedBy, Instant now) {
        statements.change("""
                insert into tenancy.restore_drill
                       (id, tenant_id, backup_id, operation, state, requested_by, created_at)
                values (?, ?, ?, ?, 'running', ?, ?)
                """, id, backup.tenant(), backup.id(), operation, requestedBy, now);
    }

    /// The age of the data is that of the moment when the drill was asked for.
    boolean passed(UUID id, Duration rto) {
        return statements.change("""
                update tenancy.restore_drill d
                   set state = 'passed', rto_ms = ?,
                       rpo_ms = greatest(0, extract(epoch from d.created_at - b.taken_at) * 1000)::bigint
                  from tenancy.backup b
                 where d.id = ? and b.id = d.backup_id and d.state <> 'passed'
                """, rto.toMillis(), id);
    }

    boolean change(UUID id, Drill.State from, Drill.State to) {
        return statements.change(
                "update tenancy.restore_drill set state = ? where id = ? and state = ?", to.word(), id, from.word());
    }

    private static Drill row(ResultSet row) throws SQLException {
        return new Drill(
                Statements.id(row, "id"),
                Statements.id(row, "tenant_id"),
                Statements.id(row, "backup_id"),
                Statements.id(row, "operation"),
                Drill.State.of(row.getString("state")),
                Optional.ofNullable(Statements.numberIfAny(row, "rto_ms")).map(Duration::ofMillis),
                Optional.ofNullable(Statements.numberIfAny(row, "rpo_ms")).map(Duration::ofMillis),
                row.getString("requested_by"),
                Statements.moment(row, "created_at"));
    }
}
