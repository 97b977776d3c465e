package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/// Trying a backup out: restored into a database of its own, compared, and removed again.
@ApplicationScoped
public class RestoreDrill implements OperationKind {

    public static final String KIND = "restore-drill";

    /// From the start of this step to the end of `VERIFIED` is how long a restore takes.
    public static final String BEGUN = RestoredCopy.SECRET;

    public static final String VERIFIED = RestoredCopy.COMPARE;

    private final Cloud cloud;

    @Inject
    RestoreDrill(Cloud cloud) {
        this.cloud = cloud;
    }

    public static OperationRequest request(Subject subject, UUID drill, UUID backup, String snapshot) {
        var asked = new HashMap<>(RestoredCopy.facts(subject, drill, backup, snapshot));
        asked.put("drill", drill.toString());
        return ChangeTenant.request(KIND, subject, drill, asked);
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
        return "Try restoring " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        var steps = new ArrayList<>(RestoredCopy.steps(cloud));
        steps.add(RestoredCopy.compare(cloud));
        steps.add(new Step(
                "remove-database",
                "Remove the database of the drill",
                facts -> cloud.removeDatabase(RestoredCopy.database(facts))));
        steps.add(new Step(
                "remove-secret",
                "Remove its credentials",
                facts -> cloud.removeSecret(ChangeTenant.tenant(facts), facts.get("copy.secret"))));
        return List.copyOf(steps);
    }
}
