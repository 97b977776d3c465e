package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Putting a database away that its tenant no longer uses: its last state becomes a backup, then it is removed. Nothing
/// of it is undone, because the tenant is elsewhere already.
@ApplicationScoped
public class RetireDatabase implements OperationKind {

    public static final String KIND = "retire-database";

    private final Cloud cloud;

    @Inject
    RetireDatabase(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param replaced with the names of the database that is put away
    /// @param backup id of the backup that it becomes
    public static OperationRequest request(Subject replaced, UUID backup) {
        return ChangeTenant.request(
                KIND, replaced, backup, Map.of("backup", backup.toString(), "snapshot", Names.snapshot(backup)));
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
        return "Put the replaced database of " + asked.get("slug") + " away";
    }

    /// A database that is lost can be neither closed nor copied: an operator says so.
    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step(
                                "close",
                                "Refuse connections to the replaced database and end the present ones",
                                facts -> cloud.closeDatabase(ChangeTenant.database(facts)))
                        .mayBeSkipped(),
                new Step(
                                "snapshot",
                                "Keep its last state as a backup",
                                facts -> cloud.takeSnapshot(ChangeTenant.database(facts), facts.get("snapshot")))
                        .mayBeSkipped(),
                new Step(
                        "remove-database",
                        "Remove the replaced database and its role",
                        facts -> cloud.removeDatabase(ChangeTenant.database(facts))),
                new Step(
                        "remove-secret",
                        "Remove its credentials",
                        facts -> cloud.removeSecret(ChangeTenant.tenant(facts), facts.get("database.secret"))));
    }
}
