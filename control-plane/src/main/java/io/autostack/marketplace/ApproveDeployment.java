package io.autostack.marketplace;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.metering.limits.LimitDecision;
import io.autostack.metering.limits.Limits;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.Projects;
import io.autostack.tenancy.Suspensions;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Turns a plan into an app and the operation that builds it, in one transaction. Approving the same
/// plan twice deploys it once.
@ApplicationScoped
public class ApproveDeployment {

    private final Tenants tenants;
    private final Projects projects;
    private final Deployments deployments;
    private final Suspensions suspensions;
    private final Limits limits;
    private final Operations operations;
    private final Audit audit;
    private final InstantSource clock;

    @Inject
    ApproveDeployment(
            Tenants tenants,
            Projects projects,
            Deployments deployments,
            Suspensions suspensions,
            Limits limits,
            Operations operations,
            Audit audit,
            InstantSource clock) {
        this.tenants = tenants;
        this.projects = projects;
        this.deployments = deployments;
        this.suspensions = suspensions;
        this.limits = limits;
        this.operations = operations;
        this.audit = audit;
        this.clock = clock;
    }

    /// What can come of it.
    public sealed interface Result {

        record Accepted(Deployment deployment) implements Result {}

        record NoSuchPlan() implements Result {}

        record Expired() implements Result {}

        record TenantNotActive(TenantStatus status) implements Result {}

        record NameTaken(String app) implements Result {}

        record LimitReached(LimitDecision.Refused decision) implements Result {}
    }

    @Transactional
    public Result approve(Caller caller, TenantRow asked, UUID planId) {
        var tenant = tenants.lock(asked.id());
        var found = deployments.findPlan(planId);
        if (found.isEmpty()) return new Result.NoSuchPlan();
        var plan = found.get();
        var before = deployments.findByPlan(planId);
        if (before.isPresent()) return new Result.Accepted(before.get());
        if (tenant.status() != TenantStatus.ACTIVE) return new Result.TenantNotActive(tenant.status());
        if (suspensions.holds(tenant)) return new Result.TenantNotActive(TenantStatus.SUSPENDED);
        if (!plan.expiresAt().isAfter(clock.instant())) return new Result.Expired();
        if (limits.check(tenant, "apps", BigDecimal.ONE) instanceof LimitDecision.Refused refused)
            return new Result.LimitReached(refused);
        if (projects.isTaken(plan.appSlug())) return new Result.NameTaken(plan.appSlug());

        var project = projects.add(tenant.id(), plan.appSlug(), plan.appName());
        var deployment = UuidV7.next();
        var operation = operations.enqueue(new DeployStack.Request(
                tenant.subject(caller.name()), deployment, plan.appSlug(), Stacks.built(plan.stack())));
        deployments.add(deployment, plan, project, operation, caller.name());
        audit.record(
                caller.actor(),
                tenant.id(),
                "deployment.approved",
                "deployment",
                deployment.toString(),
                Map.of(
                        "app", plan.appSlug(),
                        "template", plan.template(),
                        "version", plan.version(),
                        "plan", planId.toString(),
                        "operation", operation.toString()));
        return new Result.Accepted(deployments.find(deployment).orElseThrow());
    }
}
