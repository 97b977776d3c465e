package io.autostack.tenancy.upkeep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.Placement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The row about the last run, and whose credentials the next one tries.
@ApplicationScoped
class LastReconciliation {

    private static final String WRITE = """
            insert into tenancy.last_look (begun_at, took_ms, promising_ms, tenants, differing, promised, signed_in,
                                           next_sign_in)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (singleton) do update
               set begun_at = excluded.begun_at, took_ms = excluded.took_ms, promising_ms = excluded.promising_ms,
                   tenants = excluded.tenants, differing = excluded.differing, promised = excluded.promised,
                   signed_in = excluded.signed_in, next_sign_in = excluded.next_sign_in
            """;

    /// Behind the last one that was tried, then from the start again.
    private static final String NEXT_SIGN_INS = """
            select t.id, t.database_name, t.database_secret, t.database_placement
              from tenancy.tenant t
              left join tenancy.last_look l on l.singleton
             where t.status = 'active' and t.database_name is not null
             order by t.id > coalesce(l.next_sign_in, t.id) desc, t.id
             limit ?
            """;

    private final Inspections inspections;

    @Inject
    LastReconciliation(Inspections inspections) {
        this.inspections = inspections;
    }

    /// What one run came to.
    ///
    /// @param tookMs without enqueueing repairs
    /// @param tenants compared; those about which something is being done are left to it
    /// @param differing how many of them differ from what they should be
    /// @param enqueued repairs
    /// @param signedIn tenants whose credentials were tried
    record Run(
            Instant begunAt,
            long tookMs,
            long enqueueingMs,
            int tenants,
            int differing,
            int enqueued,
            int signedIn,
            @JsonIgnore Optional<UUID> lastSignIn) {}

    /// A tenant whose credentials are tried.
    record Try(UUID tenant, String database, String secret, Placement placement) {}

    List<Try> nextSignIns(int max) {
        return inspections.with(connection -> Sql.of(connection, NEXT_SIGN_INS, max)
                .list(row -> new Try(
                        row.getObject("id", UUID.class),
                        row.getString("database_name"),
                        row.getString("database_secret"),
                        Placement.of(row.getString("database_placement")))));
    }

    void write(Run run) {
        inspections.with(connection -> Sql.update(
                connection,
                WRITE,
                run.begunAt(),
                run.tookMs(),
                run.enqueueingMs(),
                run.tenants(),
                run.differing(),
                run.enqueued(),
                run.signedIn(),
                run.lastSignIn().orElse(null)));
    }

    Optional<Run> find() {
        return inspections.with(connection -> Sql.of(connection, "select * from tenancy.last_look")
                .find(row -> new Run(
                        row.getTimestamp("begun_at").toInstant(),
                        row.getLong("took_ms"),
                        row.getLong("promising_ms"),
                        row.getInt("tenants"),
                        row.getInt("differing"),
                        row.getInt("promised"),
                        row.getInt("signed_in"),
                        Optional.ofNullable(row.getObject("next_sign_in", UUID.class)))));
    }
}
