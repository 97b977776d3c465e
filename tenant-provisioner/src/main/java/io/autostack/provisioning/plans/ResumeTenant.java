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

/// Resuming a suspended tenant: its database takes connections again, and a check whether it works.
@ApplicationScoped
public class ResumeTenant implements OperationKind {

    public static final String KIND = "resume-tenant";

    private final Cloud cloud;

    @Inject
    ResumeTenant(Cloud cloud) {
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
        return "Resume " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step(
                                "open-database",
                                "Accept connections to the tenant's database again",
                                facts -> cloud.openDatabase(ChangeTenant.database(facts)))
                        .compensatedBy(facts -> cloud.closeDatabase(ChangeTenant.database(facts))),
                new Step(
                                "check",
                                "Sign in as the tenant and check the database",
                                facts -> cloud.checkDatabase(ChangeTenant.database(facts)))
                        .mayBeSkipped());
    }
}
