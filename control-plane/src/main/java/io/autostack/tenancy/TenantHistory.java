package io.autostack.tenancy;

import io.autostack.jdbc.Sql;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// What a tenant was at an earlier time. A trigger writes it, so plain SQL reads it.
@ApplicationScoped
public class TenantHistory {

    private static final String PLAN = """
            select plan, plan_version from tenancy.tenant_history history
             where tenant_id = ?
               and (since < ? or since = (select min(since) from tenancy.tenant_history
                                           where tenant_id = history.tenant_id))
             order by since desc, id desc limit 1
            """;

    private final DataSource database;
    private final Plans plans;

    @Inject
    TenantHistory(DataSource database, Plans plans) {
        this.database = database;
        this.plans = plans;
    }

    /// The plan that a tenant was on just before a moment, or with which it began.
    public PlanVersion planBefore(TenantRow tenant, Instant moment) {
        try (var connection = database.getConnection()) {
            return Sql.of(connection, PLAN, tenant.id(), moment.atOffset(ZoneOffset.UTC))
                    .find(row -> plans.get(row.getString("plan"), row.getInt("plan_version")))
                    .orElseGet(tenant::plan);
        } catch (SQLException e) {
            throw new IllegalStateException("the history of tenant " + tenant.id() + " cannot be read", e);
        }
    }
}
