package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Bringing a closed tenant back: its databases from the final snapshots, compared with them row for row, its apps, its
/// address. The snapshots go last, once everything they hold is there.
@ApplicationScoped
public class ReopenTenant implements OperationKind<ReopenTenant.Request> {

    public static final String KIND = "reopen-tenant";

    private final Cloud cloud;
    private final DeployStack deployStack;

    @Inject
    ReopenTenant(Cloud cloud, DeployStack deployStack) {
        this.cloud = cloud;
        this.deployStack = deployStack;
    }

    /// @param change its own id
    /// @param closed what closed the tenant
    /// @param sizing of its plan
    public record Request(Subject subject, UUID change, CloseTenant.Request closed, Sizing sizing)
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
        return "Reopen " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.OWNER;
    }

    @Override
    public List<Step> steps(Request request) {
        var steps = new ArrayList<Step>();
        var closed = request.closed();
        var held = HeldDatabase.own(closed.subject());
        var own = held.desired();
        steps.add(new Step(
                "secret",
                "Look for the sealed credentials",
                () -> cloud.ensureSecret(
                        own.tenant(), own.secret(), Map.of("username", own.name(), "password", Passwords.next()))));
        restore(steps, closed, held);
        steps.add(new Step(
                "size", "Give the database the size of the plan", () -> cloud.sizeDatabase(own, request.sizing())));
        steps.add(new Step("check", "Sign in as the tenant and check the database", () -> cloud.checkDatabase(own))
                .mayBeSkipped());
        for (var app : closed.apps()) bringBack(steps, closed, app);
        steps.add(new Step(
                        "route",
                        "Give the tenant its address again",
                        () -> cloud.ensureRoute(own.tenant(), closed.host()))
                .compensatedBy(() -> cloud.removeRoute(own.tenant(), closed.host())));
        steps.addAll(new OwnDomains(cloud, own.tenant(), closed.domains()).givenBack());
        if (closed.suspended())
            steps.add(new Step(
                    "close", "Refuse connections, as before the tenant was closed", () -> cloud.closeDatabase(own)));
        for (var each : HeldDatabase.all(closed.subject(), closed.apps())) {
            var database = each.desired();
            steps.add(new Step(
                            "remove-snapshot:" + each.label(),
                            "Remove the final snapshot of " + database.name() + ", which is live again",
                            () -> cloud.removeSnapshot(own.tenant(), closed.snapshot(database)))
                    .compensatedBy(() -> keepAgain(database, closed.snapshot(database))));
        }
        return steps;
    }

    private void restore(List<Step> steps, CloseTenant.Request closed, HeldDatabase held) {
        var database = held.desired();
        var snapshot = closed.snapshot(database);
        steps.add(new Step(
                        "restore:" + held.label(),
                        "Restore " + database.name() + " from the final snapshot",
                        () -> cloud.restoreSnapshot(database.tenant(), snapshot, database))
                .compensatedBy(() -> takeAway(database, snapshot)));
        steps.add(new Step(
                "compare:" + held.label(),
                "Compare " + database.name() + " with the final snapshot",
                () -> cloud.compareWithSnapshot(database.tenant(), snapshot, database)));
    }

    /// The steps that built the app, with its databases from their snapshots. Secrets and buckets were there all the
    /// time, so taking the reopening back leaves them.
    private void bringBack(List<Step> steps, CloseTenant.Request closed, DeployStack.App app) {
        var databases = DeployStack.databases(closed.subject(), app).iterator();
        for (var built : deployStack.steps(closed.subject(), app)) {
            if (built.name().startsWith("database:")) restore(steps, closed, databases.next());
            else {
                var step = new Step("app:" + app.name() + ":" + built.name(), built.title(), built.ensure());
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
