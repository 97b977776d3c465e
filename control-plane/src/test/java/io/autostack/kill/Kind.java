package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.SuspendTenant;
import java.util.List;

/// A kind of operation: how a tenant gets there, how it is asked for, and what must hold when it has ended.
///
/// @param name of the operation's kind
/// @param story what is different about this one, for people
/// @param before one after the other, each until its operation has ended
/// @param asked may be repeated when no answer came
/// @param right what there must be afterwards
record Kind(String name, String story, List<Move> before, Move asked, Right right) {

    /// Every kind that AutoStack knows. A new one needs an entry here.
    static List<Kind> all() {
        return List.of(
                new Kind(OpenTenant.KIND, "", List.of(), Moves.OPEN, Right.active("tenant.activated")),
                new Kind(
                        SuspendTenant.KIND,
                        "",
                        List.of(Moves.OPEN),
                        Moves.post("suspend"),
                        Right.suspended("tenant.suspended")),
                new Kind(
                        ResumeTenant.KIND,
                        "",
                        List.of(Moves.OPEN, Moves.post("suspend")),
                        Moves.post("resume"),
                        Right.active("tenant.resumed")),
                new Kind(
                        ChangePlan.KIND,
                        "",
                        List.of(Moves.OPEN),
                        Moves.moveTo("professional"),
                        Right.active("tenant.plan-changed").and(Kind::isProfessional)),
                new Kind(
                        RepairTenant.KIND,
                        "",
                        List.of(Moves.OPEN),
                        Moves.post("repair"),
                        Right.active("tenant.repaired")),
                new Kind(
                        CloseTenant.KIND,
                        "",
                        List.of(Moves.OPEN),
                        Moves.confirmed("close"),
                        Right.closed("tenant.closed")),
                new Kind(
                        ReopenTenant.KIND,
                        "",
                        List.of(Moves.OPEN, Moves.confirmed("close")),
                        Moves.post("reopen"),
                        Right.active("tenant.reopened")),
                new Kind(
                        DeployStack.KIND,
                        "",
                        List.of(Moves.OPEN, Moves.PLAN_APP),
                        Moves.APPROVE_APP,
                        Right.active("deployment.running").withOneMoreDatabase().and(Kind::runsOneApp)),
                new Kind(
                        Operations.RELEASE,
                        "of an onboarding whose host name somebody else has",
                        List.of(Moves.OCCUPY_HOST, Moves.OPEN),
                        Moves.RELEASE,
                        Right.gone("tenant.released").and(Moves::hostIsLeftAlone)));
    }

    @Override
    public String toString() {
        return story.isEmpty() ? name : name + ", " + story;
    }

    private static void isProfessional(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                select t.plan || ', ' || (select datconnlimit = s.connections from pg_database where datname = ?)
                  from tenancy.tenant t join plans.plan_sizing s on s.plan = t.plan and s.version = t.plan_version
                 where slug = ?
                """, customer.database(), customer.slug())).isEqualTo("professional, true");
    }

    private static void runsOneApp(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                with tenant as (select id from tenancy.tenant where slug = ?)
                select (select string_agg(status, ' ') from marketplace.deployment where tenant_id = tenant.id)
                       || ', apps: ' || (select count(*) from tenancy.project where tenant_id = tenant.id)
                       || ', counted: ' || (select sum(quantity)::int from metering.usage_event
                                             where tenant_id = tenant.id and meter = 'deployments')
                  from tenant
                """, customer.slug())).isEqualTo("running, apps: 1, counted: 1");
        truth.engine()
                .ifPresent(engine -> assertThat(
                                engine.containers(customer.id().orElseThrow().toString()))
                        .containsExactly("running"));
    }
}
