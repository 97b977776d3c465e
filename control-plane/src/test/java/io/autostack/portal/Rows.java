package io.autostack.portal;

import io.autostack.testing.Server;
import java.sql.SQLException;
import java.util.UUID;

/// Rows of the control plane as they would be there after much had happened, written down by hand.
final class Rows {

    private Rows() {}

    /// A tenant that is served, with a member and a line of history.
    static UUID tenant() throws SQLException {
        var tenant = UUID.randomUUID();
        run("""
                insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email)
                select '%1$s', '%2$s', 'Tenant %2$s', 'active', plan, version, 'alice@example.com'
                  from plans.plan_version where plan = 'business' order by version desc limit 1;
                insert into identity.membership (id, tenant_id, email, role)
                values (gen_random_uuid(), '%1$s', 'alice@example.com', 'owner')
                """.formatted(tenant, RoundTripsTest.fresh()));
        history(tenant, 1);
        return tenant;
    }

    static String slug(UUID tenant) throws SQLException {
        return Server.texts("autostack", "select slug from tenancy.tenant where id = '" + tenant + "'")
                .getFirst();
    }

    /// Deployed apps of templates that differ.
    ///
    /// @return the deployment of the last one
    static UUID apps(UUID tenant, int number) throws SQLException {
        templates(number);
        var deployment = UUID.randomUUID();
        for (int app = 0; app < number; app++) {
            var id = app == number - 1 ? deployment : UUID.randomUUID();
            var slug = RoundTripsTest.fresh();
            run("""
                    with project as (
                         insert into tenancy.project (id, tenant_id, slug, name)
                         values (gen_random_uuid(), '%1$s', '%5$s', 'App %3$d') returning id),
                    plan as (
                         insert into marketplace.deployment_plan (id, tenant_id, template, version, app_name, app_slug,
                                answers, stack, created_by, expires_at)
                         select gen_random_uuid(), '%1$s', template, version, 'App %3$d', '%5$s', '{}', sample,
                                'alice', now() + interval '1 hour'
                           from marketplace.release where sample is not null
                          order by template offset %3$d limit 1
                         returning id)
                    insert into marketplace.deployment (id, tenant_id, project_id, plan_id, operation, status, created_by)
                    select '%2$s', '%1$s', project.id, plan.id, '%4$s', 'running', 'alice' from project, plan
                    """.formatted(tenant, id, app, operation(tenant, "done", 3), slug));
        }
        return deployment;
    }

    static UUID operation(UUID tenant, String state, int steps) throws SQLException {
        var operation = UUID.randomUUID();
        run("""
                insert into provisioning.operation
                       (id, tenant_id, kind, title, request_key, state, request, facts, started_at)
                values ('%1$s', '%2$s', 'open-tenant', 'Onboard', '%1$s', '%3$s',
                        '{"subject": {"tenant": "%2$s", "slug": "%4$s", "database": "tenant_%4$s",
                                      "secret": "tenant/%4$s", "placement": "SHARED", "requestedBy": "alice"},
                          "host": "%4$s.localhost", "production": false,
                          "sizing": {"connections": 20, "statementTimeout": "PT30S"}}',
                        '{"slug": "%4$s"}', now());
                insert into provisioning.step (operation_id, position, tenant_id, name, title, state)
                select '%1$s', n, '%2$s', 'step-' || n, 'Step ' || n, 'done' from generate_series(1, %5$d) n
                """.formatted(operation, tenant, state, slug(tenant), steps));
        return operation;
    }

    static void onlyOperations(int number) throws SQLException {
        run("delete from provisioning.step; delete from provisioning.operation");
        for (int operation = 0; operation < number; operation++) operation(tenant(), "done", 3);
    }

    /// Of every meter that is summed up.
    static void used(UUID tenant) throws SQLException {
        run("""
                insert into metering.total (tenant_id, meter, period, quantity)
                select '%s', name, date_trunc('month', now() at time zone 'UTC')::date, 7
                  from metering.meter where aggregation = 'sum'
                """.formatted(tenant));
    }

    static void history(UUID tenant, int lines) throws SQLException {
        run("""
                insert into audit.event (id, actor, actor_kind, tenant_id, action, object_type, object_id)
                select uuidv7(), 'alice', 'user', '%1$s', 'tenant.changed', 'tenant', '%1$s' from generate_series(1, %2$d)
                """.formatted(tenant, lines));
    }

    /// At least so many, each in three versions, like the one that comes with the product.
    static void templates(int number) throws SQLException {
        run("""
                insert into marketplace.release (template, version, sha256, description, sample, verified, origin)
                select 'template-' || n, '1.0.' || v, sha256, description, sample, true, 'upload'
                  from (select * from marketplace.release where origin = 'bundled' limit 1) bundled,
                       generate_series(1, %d) n, generate_series(0, 2) v
                on conflict do nothing
                """.formatted(number));
    }

    /// So many rollouts that have ended and one that stands still, each with as many tenants of which
    /// one failed, and as many tenants whose schemas are all different.
    static void onlyFleet(int number) throws SQLException {
        run("delete from tenancy.rollout_tenant; delete from tenancy.rollout; delete from tenancy.tenant_schema");
        for (int tenant = 0; tenant < number; tenant++) tenant();
        run("""
                insert into tenancy.tenant_schema (tenant_id, version, fingerprint, read_at)
                select id, '1', '2:' || id, now() from tenancy.tenant order by id desc limit %1$d;
                insert into tenancy.rollout (id, version, state, created_by, created_at)
                select uuidv7(), '1', case when n = %1$d then 'stopped' else 'done' end, 'operator', now()
                  from generate_series(0, %1$d) n;
                insert into tenancy.rollout_tenant (id, rollout_id, tenant_id, position, wave, state)
                select gen_random_uuid(), r.id, t.id, t.n, 1 + t.n %% 3, case when t.n = 1 then 'failed' else 'done' end
                  from tenancy.rollout r,
                       (select id, row_number() over (order by id) as n from tenancy.tenant_schema s
                          join tenancy.tenant on id = s.tenant_id) t
                """.formatted(number));
    }

    private static void run(String sql) throws SQLException {
        Server.execute("autostack", sql);
    }
}
