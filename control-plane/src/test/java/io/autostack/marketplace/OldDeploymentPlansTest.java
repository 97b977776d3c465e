package io.autostack.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.shared.Scopes;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Plans that nobody approved are forgotten after a while; those of deployments say what was built.
@QuarkusTest
class OldDeploymentPlansTest {

    private final UUID tenant = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @Inject
    OldDeploymentPlans task;

    @Inject
    Deployments deployments;

    @Inject
    Scopes scopes;

    @BeforeEach
    void tenants() throws SQLException {
        for (var id : List.of(tenant, other)) Server.execute("autostack", """
                    insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email)
                    select '%1$s', 'p' || substr(replace('%1$s', '-', ''), 1, 12), 'Plans', 'active', plan, version,
                           'alice@example.com'
                      from plans.plan_version where plan = 'business' order by version desc limit 1
                    """.formatted(id));
    }

    @Test
    void a_plan_that_nobody_approved_goes_a_month_after_it_has_expired() throws SQLException {
        plan(tenant, "old", "- interval '31 days'");
        plan(other, "old", "- interval '31 days'");

        task.run();

        assertThat(plans(tenant)).isEmpty();
        assertThat(plans(other)).isEmpty();
    }

    @Test
    void a_plan_that_can_be_approved_and_one_that_has_just_expired_stay() throws SQLException {
        plan(tenant, "a", "+ interval '1 hour'");
        plan(tenant, "b", "- interval '29 days'");

        task.run();

        assertThat(plans(tenant)).containsExactly("a", "b");
    }

    @Test
    void the_plan_of_a_deployment_stays() throws SQLException {
        var approved = plan(tenant, "approved", "- interval '400 days'");
        Server.execute("autostack", """
                with project as (insert into tenancy.project (id, tenant_id, slug, name)
                                 values (gen_random_uuid(), '%1$s', 'shop', 'Shop') returning id)
                insert into marketplace.deployment (id, tenant_id, project_id, plan_id, operation, status, created_by)
                select gen_random_uuid(), '%1$s', id, '%2$s', gen_random_uuid(), 'failed', 'alice' from project
                """.formatted(tenant, approved));
        plan(tenant, "old", "- interval '400 days'");

        task.run();

        assertThat(plans(tenant)).containsExactly("approved");
    }

    @Test
    void whoever_acts_for_one_tenant_removes_nothing_of_another() throws SQLException {
        plan(tenant, "old", "- interval '31 days'");
        plan(other, "old", "- interval '31 days'");

        assertThat(scopes.inTenant(tenant, () -> deployments.removeExpired(Duration.ofDays(30), 500)))
                .isEqualTo(1);
        assertThat(plans(other)).containsExactly("old");
    }

    @Test
    void no_more_go_at_once_than_were_asked_for() throws SQLException {
        for (int plan = 0; plan < 5; plan++) plan(tenant, "old" + plan, "- interval '31 days'");

        assertThat(scopes.inTenant(tenant, () -> deployments.removeExpired(Duration.ofDays(30), 3)))
                .isEqualTo(3);
        assertThat(plans(tenant)).hasSize(2);
    }

    private static UUID plan(UUID tenant, String app, String expires) throws SQLException {
        var plan = UUID.randomUUID();
        Server.execute("autostack", """
                insert into marketplace.deployment_plan
                       (id, tenant_id, template, version, app_name, app_slug, answers, stack, created_by, expires_at)
                select '%1$s', '%2$s', template, version, '%3$s', '%3$s', '{}', '{}', 'alice', now() %4$s
                  from marketplace.release limit 1
                """.formatted(plan, tenant, app, expires));
        return plan;
    }

    private static List<String> plans(UUID tenant) throws SQLException {
        return Server.texts(
                "autostack",
                "select app_slug from marketplace.deployment_plan where tenant_id = '" + tenant
                        + "' order by app_slug");
    }
}
