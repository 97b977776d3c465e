package io.autostack.tenancy;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.plans.Plans;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.capacity.CapacityParts;
import io.autostack.tenancy.capacity.Preflight;
import io.autostack.ui.tenancy.OnboardForm;
import io.autostack.ui.tenancy.OnboardPage;
import io.autostack.ui.tenancy.RoomRow;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form that onboards a tenant. It has a class of its own because the longest class path wins: beside the list it
/// would be taken for the page of a tenant called `new`.
@Path("/tenants/new")
@Produces(MediaType.TEXT_HTML)
@ApplicationScoped
class OnboardPages {

    private final Callers callers;
    private final Plans plans;
    private final Preflight preflight;
    private final Scopes scopes;
    private final TenancyConfig config;
    private final CloudDescription cloud;
    private final Frames frames;

    @Inject
    OnboardPages(
            Callers callers,
            Plans plans,
            Preflight preflight,
            Scopes scopes,
            TenancyConfig config,
            CloudDescription cloud,
            Frames frames) {
        this.callers = callers;
        this.plans = plans;
        this.preflight = preflight;
        this.scopes = scopes;
        this.config = config;
        this.cloud = cloud;
        this.frames = frames;
    }

    @GET
    public TemplateInstance form() {
        callers.current().mustBe(Role.OPERATOR);
        return page(OnboardForm.blank(plans.offered().getFirst().plan()));
    }

    /// With the room for the plan that is chosen.
    OnboardPage page(OnboardForm form) {
        var numbers = preflight.ask();
        var plan =
                plans.findOffered(form.plan()).orElseGet(() -> plans.offered().getFirst());
        var capacity = scopes.inPlatform(() -> preflight.forOneMore(numbers, plan));
        return page(form, CapacityParts.rows(capacity), capacity.fits() ? null : capacity.shortage());
    }

    OnboardPage page(OnboardForm form, List<RoomRow> rooms, @Nullable String shortage) {
        return new OnboardPage(
                frames.frame("Onboard a tenant"),
                form,
                rooms,
                cloud.room().unknown(),
                shortage,
                plans.offered().stream().map(TenantParts::offer).toList(),
                TenantParts.placements(cloud),
                new OnboardPage.SlugRule(
                        Slugs.PATTERN,
                        Slugs.MIN_LENGTH,
                        Slugs.MAX_TENANT_LENGTH,
                        "Small letters, digits and single hyphens, " + Slugs.MIN_LENGTH + " to "
                                + Slugs.MAX_TENANT_LENGTH
                                + " characters, beginning with a letter. It cannot be changed later.",
                        config.url("your-slug")));
    }
}
