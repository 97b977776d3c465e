package io.autostack.tenancy.upkeep;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.plans.Plans;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.Tenants;
import io.autostack.tenancy.capacity.AwsQuota;
import io.autostack.tenancy.capacity.CapacityParts;
import io.autostack.tenancy.capacity.Preflight;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Tone;
import io.autostack.ui.upkeep.UpkeepPage;
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
import java.time.Duration;
import java.util.Objects;

/// The operators' page about what differs, what nobody owns, and how much room there is.
@Path("/upkeep")
@Produces(MediaType.TEXT_HTML)
class UpkeepPages {

    private static final PageRequest MAX = new PageRequest(500, null);
    private static final String COUNTED = "";

    private final Callers callers;
    private final Reconciliation reconciliation;
    private final LastReconciliation lastReconciliation;
    private final Findings findings;
    private final Orphans orphans;
    private final Preflight preflight;
    private final Plans plans;
    private final Tenants tenants;
    private final Scopes scopes;
    private final CloudDescription cloud;
    private final Frames frames;

    @Inject
    UpkeepPages(
            Callers callers,
            Reconciliation reconciliation,
            LastReconciliation lastLook,
            Findings findings,
            Orphans orphans,
            Preflight preflight,
            Plans plans,
            Tenants tenants,
            Scopes scopes,
            CloudDescription cloud,
            Frames frames) {
        this.callers = callers;
        this.reconciliation = reconciliation;
        this.lastReconciliation = lastLook;
        this.findings = findings;
        this.orphans = orphans;
        this.preflight = preflight;
        this.plans = plans;
        this.tenants = tenants;
        this.scopes = scopes;
        this.cloud = cloud;
        this.frames = frames;
    }

    @GET
    public TemplateInstance page() {
        callers.current().mustBe(Role.OPERATOR);
        var numbers = preflight.ask();
        var smallest = plans.offered().getFirst();
        return scopes.inPlatform(() -> {
            var open = findings.open(MAX).items();
            long served = tenants.count("status in ('active', 'suspended', 'provisioning')");
            return new UpkeepPage(
                    frames.frame("Upkeep"),
                    lastReconciliation.find().map(UpkeepPages::reconcile).orElse(null),
                    open.stream()
                            .filter(finding -> finding.repair() != null)
                            .map(UpkeepPages::finding)
                            .toList(),
                    open.stream()
                            .filter(finding -> finding.repair() == null)
                            .map(UpkeepPages::finding)
                            .toList(),
                    orphans.all().stream().map(this::orphan).toList(),
                    CapacityParts.rows(preflight.forOneMore(numbers, smallest)),
                    new UpkeepPage.Section(cloud.room().planning(), cloud.room().planningHelp()),
                    AwsQuota.all().stream().map(quota -> onAws(quota, served)).toList(),
                    CapacityParts.amount(served, COUNTED));
        });
    }

    @POST
    @Path("look")
    public Response reconcile() {
        callers.current().mustBe(Role.OPERATOR);
        reconciliation.reconcile();
        return Response.seeOther(URI.create("/upkeep")).build();
    }

    @POST
    @Path("orphans/{orphan}/remove")
    public Response remove(String orphan) {
        var caller = callers.current().mustBe(Role.OPERATOR);
        UpkeepApi.removed(
                orphan,
                UpkeepApi.id(orphan).map(id -> orphans.remove(caller, id)).orElseGet(Orphans.Removal.NotThere::new));
        return Response.seeOther(URI.create("/upkeep")).build();
    }

    private static UpkeepPage.Run reconcile(LastReconciliation.Run run) {
        return new UpkeepPage.Run(
                run.begunAt(),
                Duration.ofMillis(run.tookMs()),
                CapacityParts.amount(run.tenants(), COUNTED),
                CapacityParts.amount(run.differing(), COUNTED),
                CapacityParts.amount(run.enqueued(), COUNTED));
    }

    private static UpkeepPage.Finding finding(Findings.Finding finding) {
        return new UpkeepPage.Finding(
                finding.slug(),
                finding.what(),
                finding.wanted(),
                finding.found(),
                finding.advice(),
                finding.firstSeen(),
                Objects.toString(finding.operation(), null),
                state(finding));
    }

    private static Badge state(Findings.Finding finding) {
        if (finding.repair() == null) return new Badge("for a person", Tone.WARN);
        return switch (Objects.toString(finding.operationState(), "")) {
            case "failed" -> new Badge("repair failed", Tone.BAD);
            case "done" -> new Badge("repaired, not looked at again yet", Tone.GOOD);
            case "" -> new Badge("waits for its turn", Tone.NEUTRAL);
            default -> new Badge("being repaired", Tone.BUSY);
        };
    }

    private UpkeepPage.Orphan orphan(Orphans.Noted orphan) {
        return new UpkeepPage.Orphan(
                orphan.id().toString(),
                cloud.noun(Kind.of(orphan.kind())),
                orphan.name(),
                orphan.tagged().toString(),
                orphan.why(),
                orphan.firstSeen());
    }

    private static UpkeepPage.OnAws onAws(AwsQuota quota, long tenants) {
        var needed = quota.takenBy(tenants);
        return new UpkeepPage.OnAws(
                quota.service(),
                quota.title(),
                CapacityParts.amount(quota.most(), COUNTED) + " per " + quota.scope(),
                CapacityParts.amount(quota.perTenant(), COUNTED),
                CapacityParts.amount(quota.tenantsAtMost(), COUNTED),
                CapacityParts.amount(needed, COUNTED),
                needed <= quota.most()
                        ? new Badge("fits", Tone.GOOD)
                        : new Badge(quota.adjustable() ? "ask AWS for more" : "needs more than one", Tone.WARN),
                quota.source());
    }
}
