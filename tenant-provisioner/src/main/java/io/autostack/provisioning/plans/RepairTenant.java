package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Repairing a tenant: what somebody took away or changed by hand is as it was. Data that are gone stay gone.
@ApplicationScoped
public class RepairTenant implements OperationKind<RepairTenant.Request> {

    public static final String KIND = "repair-tenant";

    private static final Duration CONTAINERS = Duration.ofMinutes(5);

    private final Cloud cloud;

    @Inject
    RepairTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// What can be repaired without losing anything.
    public enum Part {
        /// The secret with the credentials.
        SECRET,
        /// The role, and who owns and may open the database.
        ACCESS,
        /// Connections and statement timeout.
        SIZE,
        /// Whether the database takes connections.
        ALLOW_CONNECTIONS,
        /// Host names.
        ROUTE,
        /// What containers are made like.
        CONTAINER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The tenant as it should be.
    ///
    /// @param open whether its database takes connections
    public record Target(Sizing sizing, boolean open, List<String> hosts) {

        public Target {
            hosts = List.copyOf(hosts);
        }
    }

    /// @param change its own id: each repair is a change of its own
    /// @param parts at least one
    public record Request(Subject subject, UUID change, List<Part> parts, Target target) implements TenantRequest {

        public Request {
            if (parts.isEmpty()) throw new IllegalArgumentException("a repair of nothing");
            parts = parts.stream().distinct().sorted().toList();
        }

        public Request(Subject subject, UUID change, Set<Part> parts, Target target) {
            this(subject, change, List.copyOf(parts), target);
        }

        /// Whether it ends by signing in as the tenant.
        public boolean signsIn() {
            return givesAccess() && target.open();
        }

        private boolean givesAccess() {
            return parts.contains(Part.ACCESS) || parts.contains(Part.SECRET);
        }
    }

    /// As history has them.
    public static String words(Collection<Part> parts) {
        return parts.stream().sorted().map(Part::word).collect(Collectors.joining(","));
    }

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
        return "Repair " + request.slug();
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return !request.target().open();
    }

    @Override
    public List<Step> steps(Request request) {
        var database = request.database();
        var parts = request.parts();
        var target = request.target();
        var steps = new ArrayList<Step>();
        if (parts.contains(Part.SECRET))
            steps.add(new Step(
                    "secret",
                    "Generate new credentials and seal them in the secret store",
                    () -> cloud.ensureSecret(
                            database.tenant(),
                            database.secret(),
                            Map.of("username", database.name(), "password", Passwords.next()))));
        var access = request.givesAccess();
        if (access)
            steps.add(new Step(
                    "access",
                    "Give the database its role, owner and privileges back",
                    () -> cloud.repairDatabase(database)));
        if (parts.contains(Part.SIZE))
            steps.add(new Step(
                    "size",
                    "Give the database the size of the plan",
                    () -> cloud.sizeDatabase(database, target.sizing())));
        if (access)
            steps.add(new Step(
                    "contents",
                    "Give everything inside back to the tenant's role",
                    () -> cloud.repairContents(database)));
        if (parts.contains(Part.ALLOW_CONNECTIONS))
            steps.add(
                    target.open()
                            ? new Step(
                                    "open-database",
                                    "Accept connections to the tenant's database again",
                                    () -> cloud.openDatabase(database))
                            : new Step(
                                    "close-database",
                                    "Refuse connections to the tenant's database",
                                    () -> cloud.closeDatabase(database)));
        if (parts.contains(Part.ROUTE))
            for (var host : target.hosts())
                steps.add(new Step(
                        "route:" + host,
                        "Lead " + host + " to the tenant",
                        () -> cloud.ensureRoute(request.tenant(), host)));
        if (request.signsIn())
            steps.add(new Step(
                            "check",
                            "Sign in as the tenant and check the database",
                            () -> cloud.checkDatabase(database))
                    .mayBeSkipped());
        // Last, and not in the way of anything: the engine may be silent.
        if (parts.contains(Part.CONTAINER))
            steps.add(new Step(
                            "containers",
                            "Make containers anew that are not as they are made today",
                            () -> cloud.renewContainers(request.tenant()))
                    .within(CONTAINERS)
                    .mayBeSkipped());
        return steps;
    }
}
