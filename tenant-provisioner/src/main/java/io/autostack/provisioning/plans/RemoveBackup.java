package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Removing a backup: its snapshot, and its file if there is one.
@ApplicationScoped
public class RemoveBackup implements OperationKind<RemoveBackup.Request> {

    public static final String KIND = "remove-backup";

    private final Cloud cloud;

    @Inject
    RemoveBackup(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param change its own id
    public record Request(Subject subject, UUID change, UUID backup, String snapshot) implements TenantRequest {}

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
        return "Remove a backup of " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public List<Step> steps(Request request) {
        return List.of(new Step(
                "remove-snapshot",
                "Remove the copy, and its file if there is one",
                () -> cloud.removeSnapshot(request.tenant(), request.snapshot())));
    }
}
