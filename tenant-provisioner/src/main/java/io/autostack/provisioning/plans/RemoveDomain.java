package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Giving a domain back: it leads to the tenant no more.
@ApplicationScoped
public class RemoveDomain implements OperationKind {

    public static final String KIND = "remove-domain";

    private static final String VERIFIED = "verified";

    private final Cloud cloud;

    @Inject
    RemoveDomain(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param verified whether it leads to the tenant now
    public static OperationRequest request(Subject subject, UUID change, String domain, boolean verified) {
        return ChangeTenant.request(
                KIND, subject, change, Map.of(AddDomain.DOMAIN, domain, VERIFIED, Boolean.toString(verified)));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Remove " + asked.get(AddDomain.DOMAIN);
    }

    @Override
    public List<Step> steps(Facts asked) {
        var step = new Step(
                "route",
                "Let the domain lead nowhere",
                facts -> cloud.removeRoute(ChangeTenant.tenant(facts), facts.get(AddDomain.DOMAIN)));
        return List.of(
                Boolean.parseBoolean(asked.get(VERIFIED))
                        ? step.compensatedBy(
                                facts -> cloud.ensureRoute(ChangeTenant.tenant(facts), facts.get(AddDomain.DOMAIN)))
                        : step);
    }
}
