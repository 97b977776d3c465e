package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Repairing a tenant: what somebody took away or changed by hand is as it was. Data that are gone stay gone.
@ApplicationScoped
public class RepairTenant implements OperationKind {

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

        /// Operations that were asked for under an earlier version call one part by another word.
        static Part of(String word) {
            return word.equals("door") ? ALLOW_CONNECTIONS : valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// The tenant as it should be.
    ///
    /// @param open whether its database takes connections
    public record Target(Sizing sizing, boolean open, List<String> hosts) {}

    /// @param change its own id: each repair is a change of its own
    public static OperationRequest request(Subject subject, UUID change, Set<Part> parts, Target target) {
        var asked = new HashMap<>(SizingFacts.of(target.sizing()));
        asked.put("parts", words(parts));
        asked.put("open", Boolean.toString(target.open()));
        asked.put("hosts", String.join(",", target.hosts()));
        return ChangeTenant.request(KIND, subject, change, asked);
    }

    /// As the operation's fact `parts` has them.
    public static String words(Collection<Part> parts) {
        return parts.stream().sorted().map(Part::word).collect(Collectors.joining(","));
    }

    /// Whether such a repair ends by signing in as the tenant.
    public static boolean signsIn(Facts asked) {
        return givesAccess(parts(asked)) && asked.get("open").equals("true");
    }

    /// Whether the database takes no connections in the end.
    public static boolean leavesClosed(Facts asked) {
        return asked.find("open").filter("false"::equals).isPresent();
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Repair " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        var parts = parts(asked);
        var open = asked.get("open").equals("true");
        var steps = new ArrayList<Step>();
        if (parts.contains(Part.SECRET))
            steps.add(new Step(
                    "secret",
                    "Generate new credentials and seal them in the secret store",
                    facts -> cloud.ensureSecret(
                            ChangeTenant.tenant(facts),
                            facts.get("database.secret"),
                            Map.of("username", facts.get("database.name"), "password", Passwords.next()))));
        var access = givesAccess(parts);
        if (access)
            steps.add(new Step(
                    "access",
                    "Give the database its role, owner and privileges back",
                    facts -> cloud.repairDatabase(ChangeTenant.database(facts))));
        if (parts.contains(Part.SIZE))
            steps.add(new Step(
                    "size",
                    "Give the database the size of the plan",
                    facts -> cloud.sizeDatabase(ChangeTenant.database(facts), SizingFacts.read(facts))));
        if (access)
            steps.add(new Step(
                    "contents",
                    "Give everything inside back to the tenant's role",
                    facts -> cloud.repairContents(ChangeTenant.database(facts))));
        if (parts.contains(Part.ALLOW_CONNECTIONS))
            steps.add(
                    open
                            ? new Step(
                                    "open-database",
                                    "Accept connections to the tenant's database again",
                                    facts -> cloud.openDatabase(ChangeTenant.database(facts)))
                            : new Step(
                                    "close-database",
                                    "Refuse connections to the tenant's database",
                                    facts -> cloud.closeDatabase(ChangeTenant.database(facts))));
        if (parts.contains(Part.ROUTE))
            for (var host : hosts(asked))
                steps.add(new Step(
                        "route:" + host,
                        "Lead " + host + " to the tenant",
                        facts -> cloud.ensureRoute(ChangeTenant.tenant(facts), host)));
        if (signsIn(asked))
            steps.add(new Step(
                            "check",
                            "Sign in as the tenant and check the database",
                            facts -> cloud.checkDatabase(ChangeTenant.database(facts)))
                    .mayBeSkipped());
        // Last, and not in the way of anything: the engine may be silent.
        if (parts.contains(Part.CONTAINER))
            steps.add(new Step(
                            "containers",
                            "Make containers anew that are not as they are made today",
                            facts -> cloud.renewContainers(ChangeTenant.tenant(facts)))
                    .within(CONTAINERS)
                    .mayBeSkipped());
        return steps;
    }

    private static boolean givesAccess(Set<Part> parts) {
        return parts.contains(Part.ACCESS) || parts.contains(Part.SECRET);
    }

    private static Set<Part> parts(Facts asked) {
        var parts = EnumSet.noneOf(Part.class);
        for (var word : asked.get("parts").split(",", -1)) parts.add(Part.of(word));
        return parts;
    }

    private static List<String> hosts(Facts asked) {
        return Arrays.stream(asked.get("hosts").split(",", -1))
                .filter(host -> !host.isEmpty())
                .toList();
    }
}
