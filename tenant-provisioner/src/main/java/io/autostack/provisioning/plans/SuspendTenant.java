package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Suspending a tenant: its database refuses connections, its data stay as they are.
@ApplicationScoped
public class SuspendTenant implements OperationKind {

    public static final String KIND = "suspend-tenant";

    private final Cloud cloud;

    @Inject
    SuspendTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    public static OperationRequest request(Subject subject, UUID change) {
        return ChangeTenant.request(KIND, subject, change);
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Suspend " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(new Step(
                        "close-database",
                        "Refuse connections to the tenant's database and end the present ones",
                        facts -> cloud.closeDatabase(ChangeTenant.database(facts)))
                .compensatedBy(facts -> cloud.openDatabase(ChangeTenant.database(facts))));
    }
}
