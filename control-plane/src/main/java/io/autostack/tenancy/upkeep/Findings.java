package io.autostack.tenancy.upkeep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.jdbc.Sql;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What differs now, as far as the last run knows and the current scope sees.
@ApplicationScoped
class Findings {

    private static final String OPEN = """
            select f.id, f.tenant_id, t.slug, f.what, f.wanted, f.found, f.repair, f.advice, f.first_seen,
                   coalesce(i.looked_at, f.last_seen) as last_seen, r.id as operation, r.state
              from tenancy.finding f
              join tenancy.tenant t on t.id = f.tenant_id
              left join tenancy.inspection i on i.tenant_id = f.tenant_id
              left join lateral (
                   select o.id, o.state from provisioning.operation o
                    where o.tenant_id = f.tenant_id and o.kind = 'repair-tenant' and o.created_at >= f.first_seen
                    order by o.created_at desc, o.id desc limit 1) r on f.repair is not null
             where f.resolved_at is null and (?::uuid is null or f.id < ?)
             order by f.id desc
             limit ?
            """;

    private final Inspections inspections;

    @Inject
    Findings(Inspections inspections) {
        this.inspections = inspections;
    }

    /// A finding that is not resolved.
    ///
    /// @param repair what is repaired without a person: secret, access, size, door or route
    /// @param advice for a person, where nothing repairs it
    /// @param operation the repair, once it is enqueued
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finding(
            UUID id,
            UUID tenant,
            String slug,
            String what,
            String wanted,
            String found,
            @Nullable String repair,
            @Nullable String advice,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable UUID operation,
            @Nullable String operationState) {}

    /// Newest first.
    Page<Finding> open(PageRequest request) {
        var after = request.afterId().orElse(null);
        var found = inspections.with(connection ->
                Sql.of(connection, OPEN, after, after, request.size() + 1).list(Findings::finding));
        return Page.of(found, request.size(), finding -> finding.id().toString());
    }

    private static Finding finding(ResultSet row) throws SQLException {
        var advice = row.getString("advice");
        return new Finding(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getString("slug"),
                row.getString("what"),
                row.getString("wanted"),
                row.getString("found"),
                row.getString("repair"),
                advice.isEmpty() ? null : advice,
                row.getTimestamp("first_seen").toInstant(),
                row.getTimestamp("last_seen").toInstant(),
                row.getObject("operation", UUID.class),
                row.getString("state"));
    }
}
