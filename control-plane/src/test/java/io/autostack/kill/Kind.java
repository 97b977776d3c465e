package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.BackUpTenant;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DecommissionDatabase;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.RemoveBackup;
import io.autostack.provisioning.plans.RemoveDomain;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.provisioning.plans.RestoreDrill;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.RetireDatabase;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.provisioning.plans.SuspendTenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// A kind of operation: how a tenant gets there, how it is asked for, and what must hold when it has ended.
///
/// @param name of the operation's kind
/// @param story what is different about this one, for people
/// @param before one after the other, each until its operation has ended
/// @param asked may be repeated when no answer came
/// @param right what there must be afterwards
record Kind(String name, String story, List<Move> before, Move asked, Right right) {

    /// What one kind enqueues at its end is killed together with it.
    private static final Map<String, String> FOLLOWED =
            Map.of(RestoreTenant.KIND, RetireDatabase.KIND, RollBackMove.KIND, DecommissionDatabase.KIND);

    /// A short operation, a long one and one of many components: how a worker claims an operation and puts its task
    /// away does not depend on more.
    private static final Set<String> FOR_THE_ENGINE = Set.of(OpenTenant.KIND, RestoreTenant.KIND, DeployStack.KIND);

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
                        DeleteTenant.KIND,
                        "",
                        List.of(Moves.OPEN, Moves.confirmed("close")),
                        Moves.confirmed("delete"),
                        Right.gone("tenant.deleted")),
                new Kind(
                        RotateCredentials.KIND,
                        "",
                        List.of(Moves.OPEN),
                        Moves.post("rotate-credentials"),
                        Right.active("tenant.credentials-rotated")
                                .with("role", 2)
                                .and(Kind::signsInOneWayOnly)),
                new Kind(
                        AddDomain.KIND,
                        "",
                        List.of(Moves.OPEN, DomainMoves.CLAIM),
                        DomainMoves.VERIFY,
                        Right.active("domain.verified").with("route", 2).and(DomainMoves::isVerified)),
                new Kind(
                        RemoveDomain.KIND,
                        "",
                        List.of(Moves.OPEN, DomainMoves.CLAIM, DomainMoves.VERIFY),
                        DomainMoves.REMOVE,
                        Right.active("domain.removed").and(DomainMoves::isForgotten)),
                new Kind(
                        MigrateSchema.KIND,
                        "",
                        List.of(Moves.OPEN),
                        FleetMoves.MIGRATE,
                        Right.active("tenant.schema-migrated").and(FleetMoves::hasTheVersionOnce)),
                new Kind(
                        BackUpTenant.KIND,
                        "",
                        List.of(Moves.OPEN),
                        BackupMoves.TAKE,
                        Right.active("tenant.backed-up").with("snapshot", 1).and(listed("manual kept"))),
                new Kind(
                        RemoveBackup.KIND,
                        "",
                        List.of(Moves.OPEN, BackupMoves.TAKE),
                        BackupMoves.REMOVE,
                        Right.active("tenant.backup-removed").and(listed("manual removed"))),
                new Kind(
                        RestoreDrill.KIND,
                        "",
                        List.of(Moves.OPEN, BackupMoves.TAKE),
                        Moves.post("restore-drills"),
                        Right.active("tenant.drill-passed")
                                .with("snapshot", 1)
                                .and(listed("manual kept"))
                                .and(BackupMoves::passedOneDrill)),
                new Kind(
                        RestoreTenant.KIND,
                        "and the replaced database is put away",
                        List.of(Moves.OPEN, BackupMoves.WRITE, BackupMoves.TAKE),
                        BackupMoves.RESTORE,
                        Right.active("tenant.restored")
                                .with("snapshot", 2)
                                .and(listed("manual kept, replaced kept"))
                                .and(BackupMoves::holdsWhatWasWritten)),
                new Kind(
                        MoveToProduction.KIND,
                        "",
                        List.of(ProductionMoves.OPEN_POC, BackupMoves.WRITE),
                        ProductionMoves.MOVE,
                        Right.active("tenant.moved-to-production")
                                .withOneMoreDatabase()
                                .with("snapshot", 1)
                                .and(listed("replaced kept"))
                                .and(ProductionMoves::isMoved)
                                .and(BackupMoves::holdsWhatWasWritten)),
                new Kind(
                        DecommissionDatabase.KIND,
                        "",
                        List.of(ProductionMoves.OPEN_POC, BackupMoves.WRITE, ProductionMoves.MOVE),
                        Moves.post("move/decommission"),
                        Right.active("tenant.decommissioned")
                                .with("snapshot", 1)
                                .and(listed("replaced kept"))
                                .and(ProductionMoves::isDecommissioned)
                                .and(BackupMoves::holdsWhatWasWritten)),
                new Kind(
                        RollBackMove.KIND,
                        "and the database in production is decommissioned",
                        List.of(ProductionMoves.OPEN_POC, BackupMoves.WRITE, ProductionMoves.MOVE),
                        Moves.post("move/roll-back"),
                        Right.active("tenant.moved-back")
                                .with("snapshot", 1)
                                .and(listed("replaced kept"))
                                .and(ProductionMoves::isBack)
                                .and(BackupMoves::holdsWhatWasWritten)),
                new Kind(
                        DeployStack.KIND,
                        "",
                        List.of(Moves.OPEN, Moves.PLAN_APP),
                        Moves.APPROVE_APP,
                        Right.active("deployment.running").withOneMoreDatabase().and(Kind::runsOneApp)),
                new Kind(
                        Operations.ROLLBACK,
                        "of an onboarding whose host name somebody else has",
                        List.of(Moves.OCCUPY_HOST, Moves.OPEN),
                        Moves.RELEASE,
                        Right.gone("tenant.released").and(Moves::hostIsLeftAlone)));
    }

    /// All that is killed here.
    List<String> names() {
        return Stream.concat(Stream.of(name), Stream.ofNullable(FOLLOWED.get(name)))
                .toList();
    }

    boolean standsForTheEngine() {
        return FOR_THE_ENGINE.contains(name);
    }

    /// By a run, some time after it was asked for.
    boolean isEnqueuedLater() {
        return name.equals(MigrateSchema.KIND);
    }

    @Override
    public String toString() {
        return story.isEmpty() ? name : name + ", " + story;
    }

    private static BiConsumer<Truth, Customer> listed(String backups) {
        return (truth, customer) -> BackupMoves.areListed(truth, customer, backups);
    }

    private static void signsInOneWayOnly(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                select string_agg(rolname, ', ') from pg_roles where rolcanlogin and starts_with(rolname, ?)
                """, customer.database())).isEqualTo(customer.database() + "-b");
    }

    private static void isProfessional(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                select t.plan || ', ' || (select rolconnlimit = s.connections from pg_roles where rolname = ?)
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
