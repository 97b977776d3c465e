package io.autostack.tenancy;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.identity.Memberships;
import io.autostack.identity.TenantRole;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.Scopes;
import io.autostack.shared.UuidV7;
import io.autostack.tenancy.capacity.Capacity;
import io.autostack.tenancy.capacity.Preflight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/// Opens a tenant. Nothing is built here: the operation that builds is enqueued in the same transaction.
@ApplicationScoped
public class SignUp {

    private final Tenants tenants;
    private final Plans plans;
    private final Memberships memberships;
    private final Operations operations;
    private final Audit audit;
    private final Scopes scopes;
    private final Preflight preflight;
    private final TenancyConfig config;
    private final Cloud cloud;
    private final InstantSource clock;

    @Inject
    SignUp(
            Tenants tenants,
            Plans plans,
            Memberships memberships,
            Operations operations,
            Audit audit,
            Scopes scopes,
            Preflight preflight,
            TenancyConfig config,
            Cloud cloud,
            InstantSource clock) {
        this.tenants = tenants;
        this.plans = plans;
        this.memberships = memberships;
        this.operations = operations;
        this.audit = audit;
        this.scopes = scopes;
        this.preflight = preflight;
        this.config = config;
        this.cloud = cloud;
        this.clock = clock;
    }

    /// What can come of it.
    public sealed interface Result {

        /// The tenant is on its way.
        record Accepted(TenantRow tenant, UUID operation) implements Result {}

        /// Nothing happened.
        record Refused(List<FieldError> errors) implements Result {}

        /// Nothing happened, because something would run out.
        record NoRoom(Capacity capacity) implements Result {}
    }

    public Result signUp(Caller caller, SignUpForm form) {
        var errors = form.errors();
        var plan = plans.findOffered(form.plan());
        if (plan.isEmpty() && !form.plan().isEmpty())
            errors.add(new FieldError("plan", "there is no plan “" + form.plan() + "”; GET /api/v1/plans lists them"));
        plan.flatMap(offered -> cloud.findObstacleTo(placement(form, offered)))
                .ifPresent(obstacle -> errors.add(new FieldError("database", obstacle)));
        if (!errors.isEmpty() || plan.isEmpty()) return new Result.Refused(errors);
        var numbers = preflight.ask();
        var placement = placement(form, plan.get());
        try {
            return scopes.inPlatform(() -> {
                if (tenants.isTakenByClosed(form.slug())) return kept(form.slug());
                if (tenants.isTaken(form.slug())) return taken(form.slug());
                var capacity = preflight.forOneMore(numbers, plan.get());
                if (!capacity.fits()) return new Result.NoRoom(capacity);
                var id = UuidV7.next();
                var tenant = tenants.open(
                        id,
                        form.slug(),
                        form.name(),
                        plan.get(),
                        Environment.of(form.environment()),
                        placement,
                        form.adminEmail(),
                        clock.instant());
                tenants.flush();
                memberships.add(id, form.adminEmail(), TenantRole.OWNER);
                var operation = operations.enqueue(new OpenTenant.Request(
                        tenant.subject(caller.name()),
                        config.host(form.slug()),
                        tenant.environment() == Environment.PRODUCTION,
                        tenant.sizing()));
                audit.record(
                        caller.actor(),
                        id,
                        "tenant.onboarding-requested",
                        "tenant",
                        id.toString(),
                        Map.of(
                                "slug",
                                form.slug(),
                                "plan",
                                form.plan(),
                                "database",
                                placement.word(),
                                "operation",
                                operation.toString()));
                return new Result.Accepted(tenant, operation);
            });
        } catch (ConstraintViolationException _) {
            return taken(form.slug());
        }
    }

    /// As asked for, or else as the plan says where the cloud has both.
    private Placement placement(SignUpForm form, PlanVersion plan) {
        return form.placement()
                .orElseGet(() -> plan.size().dedicated()
                                || cloud.findObstacleTo(Placement.SHARED).isPresent()
                        ? Placement.DEDICATED
                        : Placement.SHARED);
    }

    private static Result kept(String slug) {
        return new Result.Refused(List.of(new FieldError(
                "slug", "“" + slug + "” is kept for a closed tenant that can still come back; choose another one")));
    }

    private static Result taken(String slug) {
        return new Result.Refused(List.of(new FieldError("slug", "“" + slug + "” is taken; choose another one")));
    }
}
