package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Giving a domain back: it leads to the tenant no more.
@ApplicationScoped
public class RemoveDomain implements OperationKind<RemoveDomain.Request> {

    public static final String KIND = "remove-domain";

    private final Cloud cloud;

    @Inject
    RemoveDomain(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param verified whether it leads to the tenant now
    public record Request(Subject subject, UUID change, String domain, boolean verified) implements TenantRequest {}

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Remove " + request.domain();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public List<Step> steps(Request request) {
        var step = new Step(
                "route", "Let the domain lead nowhere", () -> cloud.removeRoute(request.tenant(), request.domain()));
        return List.of(
                request.verified()
                        ? step.compensatedBy(() -> cloud.ensureRoute(request.tenant(), request.domain()))
                        : step);
    }
}
