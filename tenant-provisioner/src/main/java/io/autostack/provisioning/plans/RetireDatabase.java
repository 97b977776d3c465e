package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Putting a database away that its tenant no longer uses: its last state becomes a backup, then it is removed. Nothing
/// of it is undone, because the tenant is elsewhere already.
@ApplicationScoped
public class RetireDatabase implements OperationKind<RetireDatabase.Request> {

    public static final String KIND = "retire-database";

    private final Cloud cloud;

    @Inject
    RetireDatabase(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param subject with the names of the database that is put away
    /// @param backup id of the backup that it becomes
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
        return "Put the replaced database of " + request.slug() + " away";
    }

    /// A database that is lost can be neither closed nor copied: an operator says so.
    @Override
    public List<Step> steps(Request request) {
        return List.of(
                new Step(
                                "close",
                                "Refuse connections to the replaced database and end the present ones",
                                () -> cloud.closeDatabase(request.database()))
                        .mayBeSkipped(),
                new Step(
                                "snapshot",
                                "Keep its last state as a backup",
                                () -> cloud.takeSnapshot(request.database(), request.snapshot()))
                        .mayBeSkipped(),
                new Step(
                        "remove-database",
                        "Remove the replaced database and its role",
                        () -> cloud.removeDatabase(request.database())),
                new Step(
                        "remove-secret",
                        "Remove its credentials",
                        () -> cloud.removeSecret(
                                request.tenant(), request.subject().secret())));
    }
}
