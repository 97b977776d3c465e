package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Restoring a backup: into a new database, with a role and a secret of its own, that is compared with the backup. The
/// present database stays as it is; leading the tenant to the new one is the completion handler's part.
@ApplicationScoped
public class RestoreTenant implements OperationKind<RestoreTenant.Request> {

    public static final String KIND = "restore-tenant";

    private static final String SCHEMA = "schema";

    private final Cloud cloud;

    @Inject
    RestoreTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param change its own id, which names the new database
    /// @param copy the new database
    /// @param sizing of the tenant's plan
    /// @param closed true for a tenant that is suspended: the database takes no connections in the end
    public record Request(
            Subject subject,
            UUID change,
            UUID backup,
            String snapshot,
            DatabaseSpec copy,
            Sizing sizing,
            boolean closed)
            implements TenantRequest {

        public Request(Subject subject, UUID change, UUID backup, String snapshot, Sizing sizing, boolean closed) {
            this(
                    subject,
                    change,
                    backup,
                    snapshot,
                    subject.copy(change, subject.placement(), subject.server()),
                    sizing,
                    closed);
        }
    }

    /// The schema of the data that were restored; empty words when nobody could read it.
    public static SchemaReading.Observed schema(Facts learned) {
        return MigrateSchema.found(learned, SCHEMA);
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
        return "Restore a backup of " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return request.closed();
    }

    @Override
    public List<Step> steps(Request request) {
        var copy = request.copy();
        var restored = new RestoredCopy(cloud, request.snapshot(), copy);
        var steps = new ArrayList<>(restored.steps());
        steps.add(new Step(
                "size",
                "Give the new database the size of the plan",
                () -> cloud.sizeDatabase(copy, request.sizing())));
        steps.add(
                new Step("check", "Sign in as the tenant and check the new database", () -> cloud.checkDatabase(copy)));
        steps.add(restored.compare());
        steps.add(new Step(
                        "schema",
                        "Look which version of the schema these data have",
                        () -> MigrateSchema.inspect(cloud, copy, SCHEMA))
                .mayBeSkipped());
        if (request.closed())
            steps.add(
                    new Step("close", "Refuse connections: the tenant is suspended", () -> cloud.closeDatabase(copy)));
        return List.copyOf(steps);
    }
}
