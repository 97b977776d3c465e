package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Taking a move back: the old database gets everything that was written since, and then the tenant is led there again.
/// Undone by opening the production database, which is not touched.
@ApplicationScoped
public class RollBackMove implements OperationKind<RollBackMove.Request> {

    public static final String KIND = "roll-back-move";

    private final Cloud cloud;

    @Inject
    RollBackMove(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param subject in production
    /// @param rollback its own id, which names the snapshot
    /// @param old the database to go back to
    /// @param sizing of the tenant's plan
    public record Request(Subject subject, UUID rollback, UUID move, String snapshot, DatabaseSpec old, Sizing sizing)
            implements TenantRequest {

        public Request(Subject subject, UUID rollback, UUID move, DatabaseSpec old, Sizing sizing) {
            this(subject, rollback, move, Names.snapshot(rollback), old, sizing);
        }

        @Override
        public UUID change() {
            return rollback;
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
        return "Move " + request.slug() + " back from production";
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return false;
    }

    @Override
    public List<Step> steps(Request request) {
        var database = request.database();
        var old = request.old();
        return List.of(
                new Step(
                                "pause",
                                "Pause: end sessions, and let nobody write until the end",
                                () -> cloud.closeDatabase(database))
                        .compensatedBy(() -> cloud.openDatabase(database)),
                new Step(
                                "snapshot",
                                "Take a snapshot of production, with all that was written since the move",
                                () -> cloud.takeSnapshot(database, request.snapshot()))
                        .compensatedBy(() -> cloud.removeSnapshot(old.tenant(), request.snapshot())),
                new Step("make-room", "Remove the state from before the move", () -> cloud.removeDatabase(old)),
                new Step(
                        "copy",
                        "Copy production back into the old database",
                        () -> cloud.restoreSnapshot(old.tenant(), request.snapshot(), old)),
                new Step(
                        "compare",
                        "Compare row counts and checksums of every table",
                        () -> cloud.compareWithSnapshot(old.tenant(), request.snapshot(), old)),
                new Step(
                        "size",
                        "Give the database the size of the plan",
                        () -> cloud.sizeDatabase(old, request.sizing())),
                new Step("smoke-test", "Sign in as the tenant and check the database", () -> cloud.checkDatabase(old)));
    }
}
