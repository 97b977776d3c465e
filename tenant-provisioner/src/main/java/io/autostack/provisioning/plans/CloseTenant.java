package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Closing a tenant: its apps stop, its databases refuse connections, a final snapshot of each is taken, and only then
/// the live ones go. Secrets and buckets stay as they are, for a tenant that comes back.
@ApplicationScoped
public class CloseTenant implements OperationKind {

    public static final String KIND = "close-tenant";

    private final Cloud cloud;
    private final DeployStack deployStack;

    @Inject
    CloseTenant(Cloud cloud, DeployStack deployStack) {
        this.cloud = cloud;
        this.deployStack = deployStack;
    }

    /// @param closing id of this closing, from which the names of its snapshots are made
    /// @param host the tenant's host name at the shared application
    /// @param domains of its own that lead to it
    /// @param sizing of its plan, in case the closing is taken back
    /// @param suspended whether it was suspended before
    public static OperationRequest request(
            Subject subject,
            UUID closing,
            String host,
            List<String> domains,
            Sizing sizing,
            boolean suspended,
            Apps apps) {
        var asked = new HashMap<>(apps.facts());
        asked.putAll(OwnDomains.facts(domains));
        asked.putAll(SizingFacts.of(sizing));
        asked.putAll(Map.of("closing", closing.toString(), "host", host, "suspended", Boolean.toString(suspended)));
        return ChangeTenant.request(KIND, subject, closing, asked);
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
        return "Close " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        var steps = new ArrayList<Step>();
        for (var app : Apps.asked(asked)) stop(steps, app);
        var databases = HeldDatabase.all(asked, deployStack);
        for (var held : databases) {
            var database = held.desired();
            steps.add(new Step(
                            "close:" + held.label(),
                            "Refuse connections to " + database.name() + " and end the present ones",
                            facts -> cloud.closeDatabase(database))
                    .compensatedBy(
                            facts -> closedBefore(asked, database) ? cloud.closeDatabase(database) : opened(database)));
        }
        for (var held : databases) {
            var database = held.desired();
            steps.add(new Step(
                            "snapshot:" + held.label(),
                            "Take the final snapshot of " + database.name(),
                            facts -> cloud.takeSnapshot(database, snapshot(asked, database)))
                    .compensatedBy(facts -> cloud.removeSnapshot(database.tenant(), snapshot(asked, database))));
        }
        steps.add(new Step(
                        "route",
                        "Take the tenant's address away",
                        facts -> cloud.removeRoute(ChangeTenant.tenant(facts), facts.get("host")))
                .compensatedBy(facts -> cloud.ensureRoute(ChangeTenant.tenant(facts), facts.get("host"))));
        steps.addAll(new OwnDomains(cloud).taken(asked));
        for (var held : databases) {
            var database = held.desired();
            steps.add(new Step(
                            "remove:" + held.label(),
                            "Remove " + database.name() + " and its role",
                            facts -> remove(asked, database))
                    .compensatedBy(facts -> bringBack(asked, database)));
        }
        return steps;
    }

    private void stop(List<Step> steps, Facts app) {
        for (var built : deployStack.steps(app))
            if (built.name().startsWith("container:"))
                steps.add(new Step(
                                "stop:" + app.get("app") + ":" + built.name(),
                                "Stop and remove a container of " + app.get("app"),
                                built.compensation().orElseThrow())
                        .compensatedBy(built.ensure()));
    }

    /// Only what can be brought back is removed.
    private Outcome remove(Facts asked, DatabaseSpec database) {
        var snapshot = snapshot(asked, database);
        return isKept(cloud, database.tenant(), snapshot)
                ? removed(database)
                : new Outcome.Failed("The final snapshot " + snapshot + " is not there, so " + database.name()
                        + " stays. Release this operation, then retry closing the tenant.");
    }

    /// A tenant whose data are still there is not closed.
    private Outcome removed(DatabaseSpec database) {
        var removed = cloud.removeDatabase(database);
        return removed instanceof Outcome.Done done && done.evidence().containsKey(Outcome.LEFT_ALONE)
                ? new Outcome.Failed("Not everything was removed: "
                        + done.evidence().get(Outcome.LEFT_ALONE)
                        + ". Give it back to the tenant, then retry.")
                : removed;
    }

    /// What was removed comes back with the size it had; what is still there stays as it is.
    private Outcome bringBack(Facts asked, DatabaseSpec database) {
        var snapshot = snapshot(asked, database);
        if (!isKept(cloud, database.tenant(), snapshot)) return Outcome.done(Map.of("database", "was not removed"));
        var restored = cloud.restoreSnapshot(database.tenant(), snapshot, database);
        return restored instanceof Outcome.Done && database.baseline()
                ? cloud.sizeDatabase(database, SizingFacts.read(asked))
                : restored;
    }

    static boolean isKept(Cloud cloud, UUID tenant, String snapshot) {
        return cloud.snapshots(tenant).stream().anyMatch(kept -> kept.name().equals(snapshot));
    }

    /// Also owner, privileges and sign-in are as they should be: nobody else looks at them before people come back.
    private Outcome opened(DatabaseSpec database) {
        var opened = cloud.openDatabase(database);
        return opened instanceof Outcome.Done ? cloud.repairDatabase(database) : opened;
    }

    /// A suspension closes the tenant's own database only.
    private static boolean closedBefore(Facts asked, DatabaseSpec database) {
        return database.baseline()
                && Optional.of(asked.get("suspended")).filter("true"::equals).isPresent();
    }

    /// The same for everybody who knows the closing.
    static String snapshot(Facts asked, DatabaseSpec database) {
        return Names.snapshot(UUID.nameUUIDFromBytes(
                (asked.get("closing") + "/" + database.name()).getBytes(StandardCharsets.UTF_8)));
    }
}
