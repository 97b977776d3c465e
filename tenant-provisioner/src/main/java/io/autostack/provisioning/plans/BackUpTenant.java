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

/// Backing a tenant up: a copy of its database, and a file of the copy where a program is there that writes one.
@ApplicationScoped
public class BackUpTenant implements OperationKind {

    public static final String KIND = "back-up-tenant";

    private final Cloud cloud;

    @Inject
    BackUpTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param backup its own id
    public static OperationRequest request(Subject subject, UUID backup) {
        return ChangeTenant.request(
                KIND, subject, backup, Map.of("backup", backup.toString(), "snapshot", Names.snapshot(backup)));
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
        return "Back up " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step(
                                "snapshot",
                                "Copy the database while nobody is connected",
                                facts -> cloud.takeSnapshot(ChangeTenant.database(facts), facts.get("snapshot")))
                        .compensatedBy(
                                facts -> cloud.removeSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"))),
                new Step(
                                "dump",
                                "Write the copy to a file, where pg_dump can",
                                facts -> cloud.dumpSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot")))
                        .mayBeSkipped());
    }
}
