package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Taking a move back: the old database gets everything that was written since, and then the tenant is led there again.
/// Undone by opening the production database, which is not touched.
@ApplicationScoped
public class RollBackMove implements OperationKind {

    public static final String KIND = "roll-back-move";

    private final Cloud cloud;

    @Inject
    RollBackMove(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param subject in production
    /// @param rollback its own id, which names the snapshot
    /// @param old with the names of the database to go back to
    /// @param sizing of the tenant's plan
    public static OperationRequest request(Subject subject, UUID rollback, UUID move, Subject old, Sizing sizing) {
        var asked = new HashMap<>(Map.of(
                "move", move.toString(),
                "snapshot", Names.snapshot(rollback),
                "old.database", old.database(),
                "old.secret", old.secret(),
                "old.placement", old.placement().word()));
        asked.putAll(SizingFacts.of(sizing));
        return ChangeTenant.request(KIND, subject, rollback, asked);
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
    public String title(Facts asked) {
        return "Move " + asked.get("slug") + " back from production";
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step(
                                "pause",
                                "Pause: end sessions, and let nobody write until the end",
                                facts -> cloud.closeDatabase(ChangeTenant.database(facts)))
                        .compensatedBy(facts -> cloud.openDatabase(ChangeTenant.database(facts))),
                new Step(
                                "snapshot",
                                "Take a snapshot of production, with all that was written since the move",
                                facts -> cloud.takeSnapshot(ChangeTenant.database(facts), facts.get("snapshot")))
                        .compensatedBy(
                                facts -> cloud.removeSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"))),
                new Step(
                        "make-room",
                        "Remove the state from before the move",
                        facts -> cloud.removeDatabase(old(facts))),
                new Step(
                        "copy",
                        "Copy production back into the old database",
                        facts -> cloud.restoreSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"), old(facts))),
                new Step(
                        "compare",
                        "Compare row counts and checksums of every table",
                        facts -> cloud.compareWithSnapshot(
                                ChangeTenant.tenant(facts), facts.get("snapshot"), old(facts))),
                new Step(
                        "size",
                        "Give the database the size of the plan",
                        facts -> cloud.sizeDatabase(old(facts), SizingFacts.read(facts))),
                new Step(
                        "smoke-test",
                        "Sign in as the tenant and check the database",
                        facts -> cloud.checkDatabase(old(facts))));
    }

    private static DatabaseSpec old(Facts facts) {
        return new DatabaseSpec(
                ChangeTenant.tenant(facts),
                facts.get("old.database"),
                facts.get("old.secret"),
                true,
                Placement.of(facts.get("old.placement")));
    }
}
