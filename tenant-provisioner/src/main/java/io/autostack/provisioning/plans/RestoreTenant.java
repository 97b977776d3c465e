package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/// Restoring a backup: into a new database, with a role and a secret of its own, that is compared with the backup. The
/// present database stays as it is; leading the tenant to the new one is the completion handler's part.
@ApplicationScoped
public class RestoreTenant implements OperationKind {

    public static final String KIND = "restore-tenant";

    private static final String SCHEMA = "schema";

    private final Cloud cloud;

    @Inject
    RestoreTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param change its own id, which names the new database
    /// @param sizing of the tenant's plan
    /// @param closed true for a tenant that is suspended
    public static OperationRequest request(
            Subject subject, UUID change, UUID backup, String snapshot, Sizing sizing, boolean closed) {
        var asked = new HashMap<>(RestoredCopy.facts(subject, change, backup, snapshot));
        asked.putAll(SizingFacts.of(sizing));
        asked.put("closed", Boolean.toString(closed));
        return ChangeTenant.request(KIND, subject, change, asked);
    }

    /// The schema of the data that were restored; empty words when nobody could read it.
    public static SchemaReading.Observed schema(Facts facts) {
        return MigrateSchema.found(facts, SCHEMA);
    }

    /// Whether the database takes no connections in the end.
    public static boolean leavesClosed(Facts asked) {
        return asked.find("closed").filter("true"::equals).isPresent();
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
        return "Restore a backup of " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        var steps = new ArrayList<>(RestoredCopy.steps(cloud));
        steps.add(new Step(
                "size",
                "Give the new database the size of the plan",
                facts -> cloud.sizeDatabase(RestoredCopy.database(facts), SizingFacts.read(facts))));
        steps.add(new Step(
                "check",
                "Sign in as the tenant and check the new database",
                facts -> cloud.checkDatabase(RestoredCopy.database(facts))));
        steps.add(RestoredCopy.compare(cloud));
        steps.add(new Step(
                        "schema",
                        "Look which version of the schema these data have",
                        facts -> MigrateSchema.inspect(cloud, RestoredCopy.database(facts), SCHEMA))
                .mayBeSkipped());
        if (leavesClosed(asked))
            steps.add(new Step(
                    "close",
                    "Refuse connections: the tenant is suspended",
                    facts -> cloud.closeDatabase(RestoredCopy.database(facts))));
        return List.copyOf(steps);
    }
}
