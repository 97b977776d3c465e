package io.autostack.tenancy.upkeep;

import io.autostack.jdbc.Sql;
import io.autostack.plans.Plans;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.TenancyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
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

    private static final String RESOLVE_TOLD_BY_SIGN_IN = """
            update tenancy.finding set resolved_at = clock_timestamp()
             where tenant_id = ? and resolved_at is null and repair is not null and what = any (?)
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
        return with(connection -> Sql.of(connection, "select clock_timestamp()")
                .one(row -> row.getTimestamp(1).toInstant()));
    }

    /// @param after the last tenant of the page before, or `FIRST`
    List<Candidate> page(UUID after, Instant since) {
        return with(connection -> Sql.of(connection, QUIET, after, since, PAGE).list(this::candidate));
    }

    private Candidate candidate(ResultSet row) throws SQLException {
        var plan = row.getString("plan");
        int version = row.getInt("plan_version");
        var parts = row.getString("repair_parts");
        return new Candidate(
                new DesiredState(
                        row.getObject("id", UUID.class),
                        row.getString("status").equals("active"),
                        row.getString("database_name"),
                        row.getString("database_secret"),
                        Placement.of(row.getString("database_placement")),
                        plans.get(plan, version).size(),
                        config.host(row.getString("slug")),
                        List.of((String[]) row.getArray("domains").getArray())),
                plan,
                version,
                row.getBoolean("repair_failed") && parts != null ? parts : "");
    }

    /// What a tenant's comparison came to.
    record Compared(Candidate candidate, List<Difference> differences) {}

    /// @param tried tenants whose credentials were tried
    void record(Instant at, List<Compared> page, Set<UUID> tried) {
        with(connection -> {
            var tenants = array(
                    connection,
                    "uuid",
                    page,
                    compared -> compared.candidate().desired().tenant());
            var counts = array(
                    connection,
                    "integer",
                    page,
                    compared -> compared.differences().size());
            var findings = newFindings(connection, page);
            Sql.update(
                    connection,
                    RESOLVE,
                    before(
                            findings,
                            at,
                            tenants,
                            connection.createArrayOf("text", Drift.TOLD_BY_SIGN_IN.toArray()),
                            connection.createArrayOf("uuid", tried.toArray())));
            Sql.update(connection, INSERT, before(findings, at, at));
            return Sql.update(connection, INSPECTED, at, tenants, counts);
        });
    }

    /// A repair has signed in itself.
    void resolveToldBySignIn(UUID tenant) {
        with(connection -> Sql.update(
                connection,
                RESOLVE_TOLD_BY_SIGN_IN,
                tenant,
                connection.createArrayOf("text", Drift.TOLD_BY_SIGN_IN.toArray())));
    }

    /// What was found about tenants that are not looked after any more.
    void resolveOfOthers(Instant at) {
        with(connection -> Sql.update(connection, RESOLVE_OF_OTHERS, at));
    }

    private static Object[] before(List<Array> newFindings, Object... values) {
        return Stream.concat(Stream.of(values), newFindings.stream()).toArray();
    }

    /// The columns of `NEW_FINDINGS`.
    private static List<Array> newFindings(Connection connection, List<Compared> page) throws SQLException {
        record Row(UUID tenant, Difference difference) {}
        var rows = page.stream()
                .flatMap(compared -> compared.differences().stream()
                        .map(difference ->
                                new Row(compared.candidate().desired().tenant(), difference)))
                .toList();
        var columns = new ArrayList<Array>();
        columns.add(array(connection, "uuid", rows, row -> UuidV7.next()));
        columns.add(array(connection, "uuid", rows, Row::tenant));
        for (var column : List.<Function<Difference, @Nullable String>>of(
                Difference::what,
                Difference::wanted,
                Difference::found,
                difference -> difference.repair().map(part -> part.word()).orElse(null),
                Difference::advice))
            columns.add(array(connection, "text", rows, row -> column.apply(row.difference())));
        return columns;
    }

    private static <T> Array array(
            Connection connection, String type, List<T> rows, Function<T, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
