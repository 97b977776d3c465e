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

/// Removing a backup: its snapshot, and its file if there is one.
@ApplicationScoped
public class RemoveBackup implements OperationKind {

    public static final String KIND = "remove-backup";

    private final Cloud cloud;

    @Inject
    RemoveBackup(Cloud cloud) {
        this.cloud = cloud;
    }

    public static OperationRequest request(Subject subject, UUID change, UUID backup, String snapshot) {
        return ChangeTenant.request(KIND, subject, change, Map.of("backup", backup.toString(), "snapshot", snapshot));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Remove a backup of " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(new Step(
                "remove-snapshot",
                "Remove the copy, and its file if there is one",
                facts -> cloud.removeSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"))));
    }
}
