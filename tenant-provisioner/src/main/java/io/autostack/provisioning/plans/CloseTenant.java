package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Closing a tenant: its apps stop, its databases refuse connections, a final snapshot of each is taken, and only then
/// the live ones go. Secrets and buckets stay as they are, for a tenant that comes back.
@ApplicationScoped
public class CloseTenant implements OperationKind<CloseTenant.Request> {

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
    public record Request(
            Subject subject,
            UUID closing,
            String host,
            List<String> domains,
            Sizing sizing,
            boolean suspended,
            List<DeployStack.App> apps)
            implements TenantRequest {

        public Request {
            domains = List.copyOf(domains);
            apps = List.copyOf(apps);
        }

        @Override
        public UUID change() {
            return closing;
        }

        /// The same for everybody who knows the closing.
        String snapshot(DatabaseSpec database) {
            return Names.snapshot(
                    UUID.nameUUIDFromBytes((closing + "/" + database.name()).getBytes(StandardCharsets.UTF_8)));
        }
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
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Close " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.OWNER;
    }

    @Override
    public List<Step> steps(Request request) {
        var steps = new ArrayList<Step>();
        for (var app : request.apps()) stop(steps, request.subject(), app);
        var databases = HeldDatabase.all(request.subject(), request.apps());
        for (var held : databases) {
            var database = held.desired();
            steps.add(new Step(
                            "close:" + held.label(),
                            "Refuse connections to " + database.name() + " and end the present ones",
                            () -> cloud.closeDatabase(database))
                    .compensatedBy(
                            () -> closedBefore(request, database) ? cloud.closeDatabase(database) : opened(database)));
        }
        for (var held : databases) {
            var database = held.desired();
            steps.add(new Step(
                            "snapshot:" + held.label(),
                            "Take the final snapshot of " + database.name(),
                            () -> cloud.takeSnapshot(database, request.snapshot(database)))
                    .compensatedBy(() -> cloud.removeSnapshot(database.tenant(), request.snapshot(database))));
        }
        steps.add(new Step(
                        "route",
                        "Take the tenant's address away",
                        () -> cloud.removeRoute(request.tenant(), request.host()))
                .compensatedBy(() -> cloud.ensureRoute(request.tenant(), request.host())));
        steps.addAll(new OwnDomains(cloud, request.tenant(), request.domains()).taken());
        for (var held : databases) {
            var database = held.desired();
            steps.add(new Step(
                            "remove:" + held.label(),
                            "Remove " + database.name() + " and its role",
                            () -> remove(request, database))
                    .compensatedBy(() -> bringBack(request, database)));
        }
        return steps;
    }

    private void stop(List<Step> steps, Subject subject, DeployStack.App app) {
        for (var built : deployStack.steps(subject, app))
            if (built.name().startsWith("container:"))
                steps.add(new Step(
                                "stop:" + app.name() + ":" + built.name(),
                                "Stop and remove a container of " + app.name(),
                                built.compensation().orElseThrow())
                        .compensatedBy(built.ensure()));
    }

    /// Only what can be brought back is removed.
    private Outcome remove(Request request, DatabaseSpec database) {
        var snapshot = request.snapshot(database);
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
    private Outcome bringBack(Request request, DatabaseSpec database) {
        var snapshot = request.snapshot(database);
        if (!isKept(cloud, database.tenant(), snapshot)) return Outcome.done(Map.of("database", "was not removed"));
        var restored = cloud.restoreSnapshot(database.tenant(), snapshot, database);
        return restored instanceof Outcome.Done && database.baseline()
                ? cloud.sizeDatabase(database, request.sizing())
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
    private static boolean closedBefore(Request request, DatabaseSpec database) {
        return database.baseline() && request.suspended();
    }
}
