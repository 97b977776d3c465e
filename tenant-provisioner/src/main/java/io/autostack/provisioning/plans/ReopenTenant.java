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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Bringing a closed tenant back: its databases from the final snapshots, compared with them row for row, its apps, its
/// address. The snapshots go last, once everything they hold is there.
@ApplicationScoped
public class ReopenTenant implements OperationKind {

    public static final String KIND = "reopen-tenant";

    private final Cloud cloud;
    private final DeployStack deployStack;

    @Inject
    ReopenTenant(Cloud cloud, DeployStack deployStack) {
        this.cloud = cloud;
        this.deployStack = deployStack;
    }

    /// @param closed facts of the operation that closed the tenant
    /// @param sizing of its plan
    public static OperationRequest request(Subject subject, UUID change, Facts closed, Sizing sizing) {
        var asked = new HashMap<>(closed.values());
        asked.keySet().removeIf(name -> name.startsWith("snapshot."));
        asked.putAll(SizingFacts.of(sizing));
        asked.put("requestedBy", subject.requestedBy());
        return ChangeTenant.request(KIND, subject, change, asked);
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Reopen " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        var steps = new ArrayList<Step>();
        var held = HeldDatabase.own(asked);
        var own = held.desired();
        steps.add(new Step(
                "secret",
                "Look for the sealed credentials",
                facts -> cloud.ensureSecret(
                        own.tenant(), own.secret(), Map.of("username", own.name(), "password", Passwords.next()))));
        restore(steps, asked, held);
        steps.add(new Step(
                "size",
                "Give the database the size of the plan",
                facts -> cloud.sizeDatabase(own, SizingFacts.read(facts))));
        steps.add(new Step("check", "Sign in as the tenant and check the database", facts -> cloud.checkDatabase(own))
                .mayBeSkipped());
        for (var app : Apps.asked(asked)) bringBack(steps, asked, app);
        steps.add(new Step(
                        "route",
                        "Give the tenant its address again",
                        facts -> cloud.ensureRoute(own.tenant(), facts.get("host")))
                .compensatedBy(facts -> cloud.removeRoute(own.tenant(), facts.get("host"))));
        steps.addAll(new OwnDomains(cloud).givenBack(asked));
        if (asked.get("suspended").equals("true"))
            steps.add(new Step(
                    "close", "Refuse connections, as before the tenant was closed", facts -> cloud.closeDatabase(own)));
        for (var each : HeldDatabase.all(asked, deployStack)) {
            var database = each.desired();
            steps.add(new Step(
                            "remove-snapshot:" + each.label(),
                            "Remove the final snapshot of " + database.name() + ", which is live again",
                            facts -> cloud.removeSnapshot(own.tenant(), CloseTenant.snapshot(asked, database)))
                    .compensatedBy(facts -> keepAgain(database, CloseTenant.snapshot(asked, database))));
        }
        return steps;
    }

    private void restore(List<Step> steps, Facts asked, HeldDatabase held) {
        var database = held.desired();
        var snapshot = CloseTenant.snapshot(asked, database);
        steps.add(new Step(
                        "restore:" + held.label(),
                        "Restore " + database.name() + " from the final snapshot",
                        facts -> cloud.restoreSnapshot(database.tenant(), snapshot, database))
                .compensatedBy(facts -> takeAway(database, snapshot)));
        steps.add(new Step(
                "compare:" + held.label(),
                "Compare " + database.name() + " with the final snapshot",
                facts -> cloud.compareWithSnapshot(database.tenant(), snapshot, database)));
    }

    /// The steps that built the app, with its databases from their snapshots. Secrets and buckets were there all the
    /// time, so taking the reopening back leaves them.
    private void bringBack(List<Step> steps, Facts asked, Facts app) {
        var databases = deployStack.databases(app).iterator();
        for (var built : deployStack.steps(app)) {
            if (built.name().startsWith("database:")) restore(steps, asked, databases.next());
            else {
                var step = new Step("app:" + app.get("app") + ":" + built.name(), built.title(), built.ensure());
                steps.add(
                        built.name().startsWith("container:")
                                ? step.compensatedBy(built.compensation().orElseThrow())
                                : step);
            }
        }
    }

    private Outcome keepAgain(DatabaseSpec database, String snapshot) {
        return CloseTenant.isKept(cloud, database.tenant(), snapshot)
                ? Outcome.done(Map.of("snapshot", snapshot + " was not removed"))
                : cloud.takeSnapshot(database, snapshot);
    }

    /// Never the last copy.
    private Outcome takeAway(DatabaseSpec database, String snapshot) {
        return CloseTenant.isKept(cloud, database.tenant(), snapshot)
                ? cloud.removeDatabase(database)
                : new Outcome.Failed("The final snapshot of " + database.name()
                        + " is gone, so the restored database stays. Retry the operation that reopens the tenant.");
    }
}
