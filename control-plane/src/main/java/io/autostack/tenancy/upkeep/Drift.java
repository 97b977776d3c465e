package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.RepairTenant.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// In which points a tenant differs from what it should be. What could lose data, or is not known to be ours,
/// is for a person; everything else can be repaired.
final class Drift {

    private static final String CREDENTIALS = "credentials";
    private static final String READS = "role may read its tables";
    private static final String BASELINE = "tables that every tenant begins with";

    /// Points that only signing in tells: what is known about them stays known until the tenant's turn comes
    /// again.
    static final List<String> TOLD_BY_SIGN_IN = List.of(CREDENTIALS, READS, BASELINE);

    private static final String AFTER = "It is looked at again once the database is this tenant's.";

    private final DesiredState desired;
    private final ObservedState observed;
    private final CloudDescription.Server server;
    private final List<Difference> differences = new ArrayList<>();
    private boolean reachable;

    private Drift(DesiredState desired, ObservedState seen, CloudDescription.Server server) {
        this.desired = desired;
        this.observed = seen;
        this.server = server;
    }

    /// @param server how one of a tenant's own is spoken of
    static List<Difference> compare(DesiredState desired, ObservedState seen, CloudDescription.Server server) {
        var drift = new Drift(desired, seen, server);
        if (drift.serverAnswers()) {
            drift.database();
            drift.role();
        }
        drift.secret();
        drift.routes();
        drift.containers();
        drift.signIn();
        return List.copyOf(drift.differences);
    }

    /// A cluster that is merely down must not look like one whose databases are gone. A suspended tenant's may rest.
    private boolean serverAnswers() {
        if (desired.server().isEmpty()) return true;
        var cluster = observed.find(Kind.CLUSTER, desired.server());
        if (cluster.isPresent() && cluster.get().is(ObservedResource.ANSWERS)) return true;
        if (!desired.open() && cluster.isPresent() && cluster.get().is(ObservedResource.RESTS)) return false;
        var what = "dedicated " + server.noun();
        differences.add(
                cluster.isPresent() && cluster.get().is(ObservedResource.HAS_DATA)
                        ? Difference.forPerson(what, "answers", "does not answer", server.silent(desired.server()))
                        : Difference.forPerson(what, "there", "missing", server.missing(desired.server())));
        return false;
    }

    private void database() {
        var found = observed.find(Kind.DATABASE, desired.server(), desired.database());
        if (found.isEmpty()) {
            differences.add(Difference.forPerson(
                    "database",
                    desired.database(),
                    "missing",
                    "Restore it from a backup. An empty one is not made in its place."));
            return;
        }
        var database = found.get();
        var tag = whose(database);
        var known = database.is(ObservedResource.PLATFORMS) || isTenants(database.property(ObservedResource.OWNER));
        if (tag.isPresent() && !(database.tenant().isEmpty() && known && hasOwnRole())) {
            differences.add(Difference.forPerson(
                    "database tag",
                    "this tenant's",
                    tag.get(),
                    "Find out whose database " + desired.database() + " is. It is left alone until its tag is right."));
            return;
        }
        reachable = database.is(ObservedResource.OWNER_IN_REACH);
        tag.ifPresent(wrong -> differ("database tag", "this tenant's", wrong, Part.ACCESS, AFTER));
        var owner = database.property(ObservedResource.OWNER);
        if (!database.is(ObservedResource.PLATFORMS))
            differ(
                    "database owner",
                    "the platform",
                    owner,
                    Part.ACCESS,
                    "The platform may not act for " + owner + ". Give the database and what is in it to a role that it"
                            + " made.");
        if (database.is(ObservedResource.ANYBODY_CONNECTS))
            differ("who may connect", "its own role", "anybody", Part.ACCESS, AFTER);
        if (hasOwnRole() && !database.is(ObservedResource.OWNER_CONNECTS))
            differ("its own role may connect", "yes", "no", Part.ACCESS, AFTER);
        equal(
                "connections",
                Integer.toString(desired.size().connections()),
                database.property(ObservedResource.CONNECTIONS),
                Part.SIZE);
        if (hasOwnRole())
            equal(
                    "connections of its role",
                    Integer.toString(desired.size().connections()),
                    database.property(ObservedResource.ROLE_CONNECTIONS),
                    Part.SIZE);
        equal(
                "statement timeout",
                desired.statementTimeout(),
                database.property(ObservedResource.STATEMENT_TIMEOUT),
                Part.SIZE);
        equal(
                "takes connections",
                yes(desired.open()),
                yes(database.is(ObservedResource.OPEN)),
                Part.ALLOW_CONNECTIONS);
    }

    private void role() {
        var own = observed.roles(desired.tenant(), desired.server()).stream()
                .filter(role -> isBase(role.name()))
                .toList();
        if (own.stream().anyMatch(role -> role.is(ObservedResource.LOGIN))) return;
        var namesake = observed.find(Kind.ROLE, desired.server(), desired.database());
        if (!own.isEmpty()) differ("role may sign in", "yes", "no", Part.ACCESS, AFTER);
        else if (namesake.isEmpty())
            differ("role", desired.database(), "missing", Part.ACCESS, "It comes back with its database.");
        else
            differences.add(Difference.forPerson(
                    "role tag",
                    "this tenant's",
                    whose(namesake.get()).orElse(""),
                    "Find out whose role " + desired.database() + " is, then rename it. The next look makes the"
                            + " tenant's own."));
    }

    private void secret() {
        var found = observed.find(Kind.SECRET, desired.secret());
        if (found.isEmpty())
            differ("secret", desired.secret(), "missing", Part.SECRET, "It comes back with the database.");
        else
            whose(found.get())
                    .ifPresent(tag -> differences.add(Difference.forPerson(
                            "secret tag",
                            "this tenant's",
                            tag,
                            "Find out who wrote the secret " + desired.secret() + ".")));
    }

    private void routes() {
        for (var host : desired.hosts()) {
            var found = observed.find(Kind.ROUTE, host);
            if (found.isEmpty())
                differences.add(Difference.repairable("route " + host, "leads here", "missing", Part.ROUTE));
            else
                whose(found.get())
                        .ifPresent(tag -> differences.add(Difference.forPerson(
                                "route " + host,
                                "leads here",
                                "leads to " + tag,
                                "Find out why, and take it from there.")));
        }
    }

    private void containers() {
        for (var container : observed.containers(desired.tenant()))
            if (!container.is(ObservedResource.CURRENT))
                differences.add(Difference.repairable(
                        "container " + container.name(),
                        "made as containers are made today",
                        "made before that, or connected elsewhere since",
                        Part.CONTAINER));
    }

    private void signIn() {
        if (!desired.open()) return;
        switch (observed.signIn(desired.tenant())) {
            case SignIn.NoAnswer() -> {}
            case SignIn.Refused() -> {
                if (differences.isEmpty()) differ(CREDENTIALS, "open the database", "are refused", Part.ACCESS, AFTER);
            }
            case SignIn.Works(var baseline, var allowed) -> {
                if (!baseline)
                    differences.add(Difference.forPerson(
                            BASELINE,
                            "there",
                            "missing",
                            "Restore them from a backup, or ask the tenant who removed them."));
                else if (!allowed) differ(READS, "yes", "no", Part.ACCESS, AFTER);
            }
        }
    }

    private void equal(String what, String wish, String found, Part part) {
        if (!wish.equals(found)) differ(what, wish, found, part, AFTER);
    }

    /// Repairs itself where the driver can reach the database. What is about access waits while the tenant is
    /// suspended: nobody can work inside a closed database, and nobody gets in.
    private void differ(String what, String wish, String found, Part part, String advice) {
        var waits = !desired.open() && (part == Part.ACCESS || part == Part.SECRET);
        if (reachable && !waits) differences.add(Difference.repairable(what, wish, found, part));
        else
            differences.add(Difference.forPerson(
                    what, wish, found, reachable ? "It is repaired when the tenant is resumed." : advice));
    }

    /// Whose it is instead; empty when it is this tenant's.
    private Optional<String> whose(ObservedResource found) {
        if (found.tenant().equals(Optional.of(desired.tenant()))) return Optional.empty();
        return Optional.of(found.tenant().map(other -> "of tenant " + other).orElse("none"));
    }

    private boolean isTenants(String role) {
        return observed.roles(desired.tenant(), desired.server()).stream()
                .anyMatch(found -> found.name().equals(role));
    }

    /// The role to which everything inside belongs.
    private boolean hasOwnRole() {
        return isTenants(desired.database());
    }

    /// The owner and the login that takes turns with it; roles of apps have two underscores behind the tenant's
    /// name.
    private boolean isBase(String role) {
        return role.equals(desired.database()) || role.startsWith(desired.database() + "-");
    }

    private static String yes(boolean yes) {
        return yes ? "yes" : "no";
    }
}
