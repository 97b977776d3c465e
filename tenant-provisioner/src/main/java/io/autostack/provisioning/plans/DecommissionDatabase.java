package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Removing a database that its tenant has left: database, role and credentials, and the server that held nothing else.
@ApplicationScoped
public class DecommissionDatabase implements OperationKind<DecommissionDatabase.Request> {

    public static final String KIND = "decommission-database";

    private final Cloud cloud;

    @Inject
    DecommissionDatabase(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param subject with the names of the database that goes
    /// @param change its own id
    /// @param snapshot that is not needed any more either, if there is one
    public record Request(Subject subject, UUID change, UUID move, Optional<String> snapshot)
            implements TenantRequest {}

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
        return "Decommission the database that " + request.slug() + " has left";
    }

    @Override
    public List<Step> steps(Request request) {
        var steps = new ArrayList<Step>();
        request.snapshot()
                .ifPresent(snapshot -> steps.add(new Step(
                        "remove-snapshot",
                        "Remove the snapshot that it was copied from",
                        () -> cloud.removeSnapshot(request.tenant(), snapshot))));
        steps.addAll(List.of(
                new Step(
                        "remove-database",
                        "Remove the database and its role",
                        () -> cloud.removeDatabase(request.database())),
                new Step(
                        "remove-secret",
                        "Remove its credentials",
                        () -> cloud.removeSecret(
                                request.tenant(), request.subject().secret()))));
        return List.copyOf(steps);
    }
}
