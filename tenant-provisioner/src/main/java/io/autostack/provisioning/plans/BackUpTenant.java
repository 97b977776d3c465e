package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Backing a tenant up: a copy of its database, and a file of the copy where a program is there that writes one.
@ApplicationScoped
public class BackUpTenant implements OperationKind<BackUpTenant.Request> {

    public static final String KIND = "back-up-tenant";

    private final Cloud cloud;

    @Inject
    BackUpTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param backup its own id
    public record Request(Subject subject, UUID backup, String snapshot) implements TenantRequest {

        public Request(Subject subject, UUID backup) {
            this(subject, backup, Names.snapshot(backup));
        }

        @Override
        public UUID change() {
            return backup;
        }
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Back up " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public List<Step> steps(Request request) {
        return List.of(
                new Step(
                                "snapshot",
                                "Copy the database while nobody is connected",
                                () -> cloud.takeSnapshot(request.database(), request.snapshot()))
                        .compensatedBy(() -> cloud.removeSnapshot(request.tenant(), request.snapshot())),
                new Step(
                                "dump",
                                "Write the copy to a file, where pg_dump can",
                                () -> cloud.dumpSnapshot(request.tenant(), request.snapshot()))
                        .mayBeSkipped());
    }
}
