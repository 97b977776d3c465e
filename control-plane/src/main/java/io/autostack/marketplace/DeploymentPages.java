package io.autostack.marketplace;

import io.autostack.identity.Callers;
import io.autostack.identity.TenantRole;
import io.autostack.operations.OperationParts;
import io.autostack.operations.OperationRecovery;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.shared.Problem;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import io.autostack.ui.marketplace.Component;
import io.autostack.ui.marketplace.DeploymentPage;
import io.autostack.ui.marketplace.DeploymentPlanPage;
import io.autostack.ui.marketplace.LimitReachedPage;
import io.autostack.ui.marketplace.Refusal;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// Plans to approve, and what became of them.
@Path("/tenants/{tenant}")
@Produces(MediaType.TEXT_HTML)
class DeploymentPages {

    private final Callers callers;
    private final TenantAccess access;
    private final Deployments deployments;
    private final Releases releases;
    private final ApproveDeployment approveDeployment;
    private final PlanView view;
    private final Operations operations;
    private final OperationRecovery recovery;
    private final OperationParts parts;
    private final InstantSource clock;
    private final Frames frames;
    private final Scopes scopes;

    @Inject
    DeploymentPages(
            Callers callers,
            TenantAccess access,
            Deployments deployments,
            Releases releases,
            ApproveDeployment approveDeployment,
            PlanView view,
            Operations operations,
            OperationRecovery recovery,
            OperationParts parts,
            InstantSource clock,
            Frames frames,
            Scopes scopes) {
        this.callers = callers;
        this.access = access;
        this.deployments = deployments;
        this.releases = releases;
        this.approveDeployment = approveDeployment;
        this.view = view;
        this.operations = operations;
        this.recovery = recovery;
        this.parts = parts;
        this.clock = clock;
        this.frames = frames;
        this.scopes = scopes;
    }

    @GET
    @Path("deployment-plans/{plan}")
    public TemplateInstance plan(String tenant, UUID plan) {
        var row = access.toWorkIn(tenant);
        var found = deployments
                .findPlan(plan)
                .orElseThrow(() -> Problem.notFound("This tenant has no such deployment plan.")
                        .exception());
        return new DeploymentPlanPage(frames.frame("Plan for " + found.appName()), shown(found, row));
    }

    @POST
    @Path("deployments")
    public Response approve(String tenant, @RestForm @Nullable UUID plan) {
        var row = access.toWorkIn(tenant);
        if (plan == null) throw Problem.field("plan", "is needed").exception();
        var result = approveDeployment.approve(callers.current(), row, plan);
        if (result instanceof ApproveDeployment.Result.LimitReached(var decision))
            return Response.status(409)
                    .entity(new LimitReachedPage(
                                    frames.frame("Limit reached"),
                                    row.name(),
                                    row.slug(),
                                    new Refusal(
                                            decision.meter().title(),
                                            decision.used(),
                                            decision.limit(),
                                            decision.reason(),
                                            "Move to a larger plan.",
                                            "Change the plan",
                                            "/tenants/" + row.slug() + "/plan"))
                            .render())
                    .build();
        var deployment = DeploymentsApi.accepted(result);
        return Response.seeOther(URI.create("/tenants/" + row.slug() + "/deployments/" + deployment.id()))
                .build();
    }

    @GET
    @Path("deployments/{deployment}")
    public TemplateInstance deployment(String tenant, UUID deployment) {
        var visit = access.visit(tenant);
        return scopes.together(() -> page(visit.tenant(), Optional.of(visit.role()), deployment));
    }

    private DeploymentPage page(TenantRow row, Optional<TenantRole> role, UUID deployment) {
        var found = deployments
                .find(deployment)
                .orElseThrow(() ->
                        Problem.notFound("This tenant has no such deployment.").exception());
        var operation = operations.find(found.operation());
        return new DeploymentPage(
                frames.frame(found.name()),
                shown(found, row, operation),
                operation
                        .map(some -> parts.operation(some, recovery.ways(callers.current(), role, some)))
                        .orElse(null));
    }

    private io.autostack.ui.marketplace.DeploymentPlan shown(DeploymentPlan plan, TenantRow tenant) {
        var seen = view.of(plan, tenant);
        var refused = seen.limits().stream().filter(limit -> !limit.allowed()).findFirst();
        return new io.autostack.ui.marketplace.DeploymentPlan(
                plan.id().toString(),
                tenant.name(),
                tenant.slug(),
                plan.template(),
                templateName(plan.template(), plan.version()),
                plan.version(),
                plan.appName(),
                seen.components().stream()
                        .filter(PlanView.Part::builds)
                        .map(part -> component(part, List.of()))
                        .toList(),
                price(seen.monthlyCost()),
                seen.limits().stream()
                        .map(limit -> new io.autostack.ui.marketplace.DeploymentPlan.LimitUse(
                                "Apps", limit.used(), limit.after(), limit.limit()))
                        .toList(),
                seen.permissions(),
                seen.warnings(),
                plan.expiresAt(),
                !plan.expiresAt().isAfter(clock.instant()),
                refused.map(limit -> refusal(limit, tenant)).orElse(null));
    }

    private static Refusal refusal(PlanView.LimitUse limit, TenantRow tenant) {
        return new Refusal(
                "Apps",
                limit.used(),
                limit.limit() == null ? limit.used() : limit.limit(),
                limit.reason() == null ? "" : limit.reason(),
                "Move to a larger plan.",
                "Change the plan",
                "/tenants/" + tenant.slug() + "/plan");
    }

    private static io.autostack.ui.marketplace.DeploymentPlan.Price price(PlanView.Cost cost) {
        return new io.autostack.ui.marketplace.DeploymentPlan.Price(
                MarketplacePages.range(cost),
                cost.rows().stream()
                        .map(row -> new io.autostack.ui.marketplace.DeploymentPlan.Line(
                                row.component(),
                                row.service(),
                                String.join(" + ", row.arithmetic()),
                                new Amount(row.low(), cost.currency()),
                                new Amount(row.high(), cost.currency())))
                        .toList(),
                cost.notIncluded());
    }

    private io.autostack.ui.marketplace.Deployment shown(
            Deployment deployment, TenantRow tenant, Optional<Operation> operation) {
        var plan = deployments.findPlan(deployment.plan()).orElseThrow();
        var seen = view.of(plan, tenant);
        var there = operation.filter(some -> !deployment.closed());
        return new io.autostack.ui.marketplace.Deployment(
                deployment.id().toString(),
                deployment.name(),
                tenant.name(),
                tenant.slug(),
                deployment.template(),
                deployment.templateName(),
                deployment.version(),
                Badge.status(deployment.status()),
                deployment.createdAt(),
                deployment.closed(),
                there.flatMap(DeploymentPages::address).orElse(null),
                MarketplacePages.range(seen.monthlyCost()),
                seen.components().stream()
                        .filter(PlanView.Part::builds)
                        .map(part -> built(part, there, log(deployment, tenant, part)))
                        .toList());
    }

    /// As it was really built, as far as the operation has come.
    private static Component built(PlanView.Part part, Optional<Operation> operation, Fact log) {
        var step = operation.stream()
                .flatMap(some -> some.steps().stream())
                .filter(some ->
                        some.name().endsWith(":" + part.name()) && some.name().startsWith(part.step()))
                .findFirst();
        return new Component(
                part.kind(),
                part.name(),
                step.filter(some -> some.state() == Operation.State.DONE)
                        .map(Operation.StepRecord::simulated)
                        .orElse(part.simulated()),
                List.of(Fact.text("Planned", part.configuration())),
                step.map(some -> evidence(part, some, log)).orElse(List.of()));
    }

    private static List<Fact> evidence(PlanView.Part part, Operation.StepRecord step, Fact log) {
        var facts = OperationParts.facts(step.evidence());
        if (!part.kind().equals("Container") || step.simulated() || step.startedAt() == null) return facts;
        return Stream.concat(facts.stream(), Stream.of(log)).toList();
    }

    private static Fact log(Deployment deployment, TenantRow tenant, PlanView.Part part) {
        return Fact.link(
                "Log",
                "its last lines",
                "/tenants/" + tenant.slug() + "/deployments/" + deployment.id() + "/containers/" + part.name()
                        + "/log");
    }

    private static Component component(PlanView.Part part, List<Fact> evidence) {
        return new Component(
                part.kind(),
                part.name(),
                part.simulated(),
                List.of(Fact.text("Configuration", part.configuration())),
                evidence);
    }

    private static Optional<String> address(Operation operation) {
        return operation.learned().values().entrySet().stream()
                .filter(fact ->
                        fact.getKey().startsWith("address.") && fact.getValue().matches("https?://.*"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String templateName(String template, String version) {
        return releases.find(template, version)
                .map(release -> release.description().name())
                .orElse(template);
    }
}
