package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Resuming a suspended tenant: its database takes connections again, and a check whether it works.
@ApplicationScoped
public class ResumeTenant implements OperationKind<ResumeTenant.Request> {

    public static final String KIND = "resume-tenant";

    private final Cloud cloud;

    @Inject
    ResumeTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param change its own id
    public record Request(Subject subject, UUID change) implements TenantRequest {}

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
        return "Resume " + request.slug();
    }

    @Override
    public List<Step> steps(Request request) {
        var database = request.database();
        return List.of(
                new Step(
                                "open-database",
                                "Accept connections to the tenant's database again",
                                () -> cloud.openDatabase(database))
                        .compensatedBy(() -> cloud.closeDatabase(database)),
                new Step("check", "Sign in as the tenant and check the database", () -> cloud.checkDatabase(database))
                        .mayBeSkipped());
    }
}
