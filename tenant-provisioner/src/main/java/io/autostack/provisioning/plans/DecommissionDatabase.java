package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Removing a database that its tenant has left: database, role and credentials, and the server that held nothing else.
@ApplicationScoped
public class DecommissionDatabase implements OperationKind {

    public static final String KIND = "decommission-database";

    private final Cloud cloud;

    @Inject
    DecommissionDatabase(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param left with the names of the database that goes
    public static OperationRequest request(Subject left, UUID decommission, UUID move) {
        return ChangeTenant.request(KIND, left, decommission, Map.of("move", move.toString()));
    }

    /// @param snapshot that is not needed any more either
    public static OperationRequest request(Subject left, UUID decommission, UUID move, String snapshot) {
        return ChangeTenant.request(KIND, left, decommission, Map.of("move", move.toString(), "snapshot", snapshot));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Decommission the database that " + asked.get("slug") + " has left";
    }

    @Override
    public List<Step> steps(Facts asked) {
        var steps = new ArrayList<Step>();
        if (asked.find("snapshot").isPresent())
            steps.add(new Step(
                    "remove-snapshot",
                    "Remove the snapshot that it was copied from",
                    facts -> cloud.removeSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"))));
        steps.addAll(List.of(
                new Step(
                        "remove-database",
                        "Remove the database and its role",
                        facts -> cloud.removeDatabase(ChangeTenant.database(facts))),
                new Step(
                        "remove-secret",
                        "Remove its credentials",
                        facts -> cloud.removeSecret(ChangeTenant.tenant(facts), facts.get("database.secret")))));
        return List.copyOf(steps);
    }
}
