package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Suspending a tenant: its database refuses connections, its data stay as they are.
@ApplicationScoped
public class SuspendTenant implements OperationKind<SuspendTenant.Request> {

    public static final String KIND = "suspend-tenant";

    private final Cloud cloud;

    @Inject
    SuspendTenant(Cloud cloud) {
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
        return "Suspend " + request.slug();
    }

    @Override
    public List<Step> steps(Request request) {
        var database = request.database();
        return List.of(new Step(
                        "close-database",
                        "Refuse connections to the tenant's database and end the present ones",
                        () -> cloud.closeDatabase(database))
                .compensatedBy(() -> cloud.openDatabase(database)));
    }
}
