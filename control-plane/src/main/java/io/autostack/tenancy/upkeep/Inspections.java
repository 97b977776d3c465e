package io.autostack.tenancy.upkeep;

import io.autostack.plans.Plans;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenancyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tenants to be compared, and what came of it. Plain SQL on whole pages: always the same statements, whether all is
/// well or nothing is.
@ApplicationScoped
class Inspections {

    static final int PAGE = 500;
    static final UUID FIRST = new UUID(0, 0);

    /// Tenants about which nothing was changed since the inventory was begun: what was wanted then is wanted now.
    private static final String QUIET = """
            select t.id, t.slug, t.status, t.plan, t.plan_version, t.database_name, t.database_secret,
                   t.database_placement,
                   coalesce(r.state = 'failed' and r.finished_at > now() - interval '1 hour', false) as repair_failed,
                   (select string_agg(lower(p.part), ',' order by p.position)
                      from jsonb_array_elements_text(
                               case jsonb_typeof(r.request -> 'parts') when 'array' then r.request -> 'parts' else '[]' end)
                           with ordinality as p (part, position)) as repair_parts,
                   array(select d.name from tenancy.domain d
                          where d.tenant_id = t.id and d.verified_at is not null order by d.name) as domains
              from tenancy.tenant t
              left join lateral (
                   select o.state, o.finished_at, o.request from provisioning.operation o
                    where o.tenant_id = t.id and o.kind = 'repair-tenant'
                    order by o.created_at desc, o.id desc limit 1) r on true
             where t.status in ('active', 'suspended') and t.database_name is not null and t.id > ?
               and not exists (
                   select from provisioning.operation o
                    where o.tenant_id = t.id and (o.state in ('waiting', 'running') or o.finished_at >= ?))
             order by t.id
             limit ?
            """;

    private static final String NEW_FINDINGS = """
            unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                as n (id, tenant_id, what, wanted, found, repair, advice)
            """;

    /// `not in` and not `not exists`: hashed once, whatever the planner believes about the size of the page.
    private static final String RESOLVE = """
            update tenancy.finding f
               set resolved_at = ?,
                   last_seen = coalesce(
                       (select i.looked_at from tenancy.inspection i where i.tenant_id = f.tenant_id), f.last_seen)
             where f.resolved_at is null and f.tenant_id = any (?)
               and (f.what <> all (?) or f.tenant_id = any (?))
               and (f.tenant_id, f.what, f.wanted, f.found, coalesce(f.repair, '')) not in (
                   select n.tenant_id, n.what, n.wanted, n.found, coalesce(n.repair, '') from %s)
            """.formatted(NEW_FINDINGS);

    private static final String INSERT = """
            insert into tenancy.finding (id, tenant_id, what, wanted, found, repair, advice, first_seen, last_seen)
            select n.id, n.tenant_id, n.what, n.wanted, n.found, n.repair, n.advice, ?::timestamptz, ?::timestamptz
              from %s
             where (n.tenant_id, n.what) not in (
                   select f.tenant_id, f.what from tenancy.finding f where f.resolved_at is null)
            on conflict do nothing
            """.formatted(NEW_FINDINGS);

    private static final String INSPECTED = """
            insert into tenancy.inspection (tenant_id, looked_at, differences)
            select n.tenant_id, ?::timestamptz, n.differences from unnest(?::uuid[], ?::integer[]) as n (tenant_id, differences)
            on conflict (tenant_id) do update set looked_at = excluded.looked_at, differences = excluded.differences
            """;

    private static final String RESOLVE_OF_OTHERS = """
            update tenancy.finding f set resolved_at = ?
             where f.resolved_at is null and exists (
                   select from tenancy.tenant t where t.id = f.tenant_id and t.status not in ('active', 'suspended'))
            """;

    private final DataSource database;
    private final Plans plans;
    private final TenancyConfig config;

    @Inject
    Inspections(DataSource database, Plans plans, TenancyConfig config) {
        this.database = database;
        this.plans = plans;
        this.config = config;
    }

    /// A tenant to be compared.
    ///
    /// @param failedParts what the newest repair was for, if it failed lately; empty otherwise
    record Candidate(DesiredState desired, String plan, int planVersion, String failedParts) {}

    /// Work on a connection, in the transaction that runs.
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T with(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the findings about tenants cannot be reached", e);
        }
    }

    /// As the database tells it: operations are stamped by it.
    Instant now() {
        return with(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select clock_timestamp()")) {
                row.next();
                return row.getTimestamp(1).toInstant();
            }
        });
    }

    /// @param after the last tenant of the page before, or `FIRST`
    List<Candidate> page(UUID after, Instant since) {
        return with(connection -> {
            var page = new ArrayList<Candidate>();
            try (var select = connection.prepareStatement(QUIET)) {
                select.setObject(1, after);
                select.setTimestamp(2, Timestamp.from(since));
                select.setInt(3, PAGE);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        var plan = rows.getString("plan");
                        int version = rows.getInt("plan_version");
                        var parts = rows.getString("repair_parts");
                        page.add(new Candidate(
                                new DesiredState(
                                        rows.getObject("id", UUID.class),
                                        rows.getString("status").equals("active"),
                                        rows.getString("database_name"),
                                        rows.getString("database_secret"),
                                        Placement.of(rows.getString("database_placement")),
                                        plans.get(plan, version).size(),
                                        config.host(rows.getString("slug")),
                                        List.of((String[])
                                                rows.getArray("domains").getArray())),
                                plan,
                                version,
                                rows.getBoolean("repair_failed") && parts != null ? parts : ""));
                    }
                }
            }
            return page;
        });
    }

    /// What a tenant's comparison came to.
    record Compared(Candidate candidate, List<Difference> differences) {}

    /// @param tried tenants whose credentials were tried
    void record(Instant at, List<Compared> page, Set<UUID> tried) {
        with(connection -> {
            var tenants = page.stream()
                    .map(compared -> compared.candidate().desired().tenant())
                    .toArray();
            var counts =
                    page.stream().map(compared -> compared.differences().size()).toArray();
            try (var resolve = connection.prepareStatement(RESOLVE);
                    var insert = connection.prepareStatement(INSERT);
                    var inspected = connection.prepareStatement(INSPECTED)) {
                resolve.setTimestamp(1, Timestamp.from(at));
                resolve.setArray(2, connection.createArrayOf("uuid", tenants));
                resolve.setArray(3, connection.createArrayOf("text", Drift.TOLD_BY_SIGN_IN.toArray()));
                resolve.setArray(4, connection.createArrayOf("uuid", tried.toArray()));
                bind(connection, resolve, 5, page);
                resolve.executeUpdate();
                insert.setTimestamp(1, Timestamp.from(at));
                insert.setTimestamp(2, Timestamp.from(at));
                bind(connection, insert, 3, page);
                insert.executeUpdate();
                inspected.setTimestamp(1, Timestamp.from(at));
                inspected.setArray(2, connection.createArrayOf("uuid", tenants));
                inspected.setArray(3, connection.createArrayOf("integer", counts));
                return inspected.executeUpdate();
            }
        });
    }

    /// A repair has signed in itself.
    void resolveToldBySignIn(UUID tenant) {
        with(connection -> {
            try (var update = connection.prepareStatement("""
                    update tenancy.finding set resolved_at = clock_timestamp()
                     where tenant_id = ? and resolved_at is null and repair is not null and what = any (?)
                    """)) {
                update.setObject(1, tenant);
                update.setArray(2, connection.createArrayOf("text", Drift.TOLD_BY_SIGN_IN.toArray()));
                return update.executeUpdate();
            }
        });
    }

    /// What was found about tenants that are not looked after any more.
    void resolveOfOthers(Instant at) {
        with(connection -> {
            try (var update = connection.prepareStatement(RESOLVE_OF_OTHERS)) {
                update.setTimestamp(1, Timestamp.from(at));
                return update.executeUpdate();
            }
        });
    }

    private static void bind(Connection connection, PreparedStatement statement, int first, List<Compared> page)
            throws SQLException {
        record Row(UUID tenant, Difference difference) {}
        var rows = page.stream()
                .flatMap(compared -> compared.differences().stream()
                        .map(difference ->
                                new Row(compared.candidate().desired().tenant(), difference)))
                .toList();
        statement.setArray(
                first,
                connection.createArrayOf(
                        "uuid", rows.stream().map(row -> UuidV7.next()).toArray()));
        statement.setArray(
                first + 1,
                connection.createArrayOf("uuid", rows.stream().map(Row::tenant).toArray()));
        int parameter = first + 2;
        for (var column : List.<Function<Difference, @Nullable String>>of(
                Difference::what,
                Difference::wanted,
                Difference::found,
                difference -> difference.repair().map(part -> part.word()).orElse(null),
                Difference::advice))
            statement.setArray(
                    parameter++,
                    connection.createArrayOf(
                            "text",
                            rows.stream()
                                    .map(row -> column.apply(row.difference()))
                                    .toArray()));
    }
}
