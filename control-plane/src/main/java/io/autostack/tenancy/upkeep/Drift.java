package io.autostack.tenancy.upkeep;

import io.autostack.provisioning.cloud.Found;
import io.autostack.provisioning.cloud.Found.Kind;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.RepairTenant.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// In which points a tenant differs from what it should be. What could lose data, or is not known to be ours,
/// is for a person; everything else can be repaired.
final class Drift {

    private static final String CLUSTER = "dedicated cluster";
    private static final String CREDENTIALS = "credentials";
    private static final String READS = "role may read its tables";
    private static final String BASELINE = "tables that every tenant begins with";

    /// Points that only signing in tells: what is known about them stays known until the tenant's turn comes
    /// again.
    static final List<String> TOLD_BY_SIGN_IN = List.of(CREDENTIALS, READS, BASELINE);

    private static final String AFTER = "It is looked at again once the database is this tenant's.";

    private final Wanted wanted;
    private final Seen seen;
    private final List<Difference> differences = new ArrayList<>();
    private boolean reachable;

    private Drift(Wanted wanted, Seen seen) {
        this.wanted = wanted;
        this.seen = seen;
    }

    static List<Difference> compare(Wanted wanted, Seen seen) {
        var drift = new Drift(wanted, seen);
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

    /// A cluster that is merely down must not look like one whose databases are gone.
    private boolean serverAnswers() {
        if (wanted.server().isEmpty()) return true;
        var cluster = seen.find(Kind.CLUSTER, wanted.server());
        if (cluster.isPresent() && cluster.get().is(Found.ANSWERS)) return true;
        differences.add(
                cluster.isPresent() && cluster.get().is(Found.HAS_DATA)
                        ? Difference.forPerson(
                                CLUSTER,
                                "answers",
                                "does not answer",
                                "One that was ended is started again within ten seconds. If this stays, postgres.log in"
                                        + " clusters/" + wanted.server() + " of the installation's folder says why.")
                        : Difference.forPerson(
                                CLUSTER,
                                "there",
                                "missing",
                                "Put the folder clusters/" + wanted.server() + " back from a copy of the installation's"
                                        + " folder. Its backups were in it; an empty one is not made in its place."));
        return false;
    }

    private void database() {
        var found = seen.find(Kind.DATABASE, wanted.server(), wanted.database());
        if (found.isEmpty()) {
            differences.add(Difference.forPerson(
                    "database",
                    wanted.database(),
                    "missing",
                    "Restore it from a backup. An empty one is not made in its place."));
            return;
        }
        var database = found.get();
        var tag = whose(database);
        var known = database.is(Found.PLATFORMS) || isTenants(database.property(Found.OWNER));
        if (tag.isPresent() && !(database.tenant().isEmpty() && known && hasOwnRole())) {
            differences.add(Difference.forPerson(
                    "database tag",
                    "this tenant's",
                    tag.get(),
                    "Find out whose database " + wanted.database() + " is. It is left alone until its tag is right."));
            return;
        }
        reachable = database.is(Found.OWNER_IN_REACH);
        tag.ifPresent(wrong -> differ("database tag", "this tenant's", wrong, Part.ACCESS, AFTER));
        var owner = database.property(Found.OWNER);
        if (!database.is(Found.PLATFORMS))
            differ(
                    "database owner",
                    "the platform",
                    owner,
                    Part.ACCESS,
                    "The platform may not act for " + owner + ". Give the database and what is in it to a role that it"
                            + " made.");
        if (database.is(Found.ANYBODY_CONNECTS))
            differ("who may connect", "its own role", "anybody", Part.ACCESS, AFTER);
        if (hasOwnRole() && !database.is(Found.OWNER_CONNECTS))
            differ("its own role may connect", "yes", "no", Part.ACCESS, AFTER);
        equal(
                "connections",
                Integer.toString(wanted.size().connections()),
                database.property(Found.CONNECTIONS),
                Part.SIZE);
        if (hasOwnRole())
            equal(
                    "connections of its role",
                    Integer.toString(wanted.size().connections()),
                    database.property(Found.ROLE_CONNECTIONS),
                    Part.SIZE);
        equal("statement timeout", wanted.statementTimeout(), database.property(Found.STATEMENT_TIMEOUT), Part.SIZE);
        equal("takes connections", yes(wanted.open()), yes(database.is(Found.OPEN)), Part.DOOR);
    }

    private void role() {
        var own = seen.roles(wanted.tenant(), wanted.server()).stream()
                .filter(role -> isBase(role.name()))
                .toList();
        if (own.stream().anyMatch(role -> role.is(Found.LOGIN))) return;
        var namesake = seen.find(Kind.ROLE, wanted.server(), wanted.database());
        if (!own.isEmpty()) differ("role may sign in", "yes", "no", Part.ACCESS, AFTER);
        else if (namesake.isEmpty())
            differ("role", wanted.database(), "missing", Part.ACCESS, "It comes back with its database.");
        else
            differences.add(Difference.forPerson(
                    "role tag",
                    "this tenant's",
                    whose(namesake.get()).orElse(""),
                    "Find out whose role " + wanted.database() + " is, then rename it. The next look makes the"
                            + " tenant's own."));
    }

    private void secret() {
        var found = seen.find(Kind.SECRET, wanted.secret());
        if (found.isEmpty())
            differ("secret", wanted.secret(), "missing", Part.SECRET, "It comes back with the database.");
        else
            whose(found.get())
                    .ifPresent(tag -> differences.add(Difference.forPerson(
                            "secret tag",
                            "this tenant's",
                            tag,
                            "Find out who wrote the secret " + wanted.secret() + ".")));
    }

    private void routes() {
        for (var host : wanted.hosts()) {
            var found = seen.find(Kind.ROUTE, host);
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
        for (var container : seen.containers(wanted.tenant()))
            if (!container.is(Found.CURRENT))
                differences.add(Difference.repairable(
                        "container " + container.name(),
                        "made as containers are made today",
                        "made before that, or connected elsewhere since",
                        Part.CONTAINER));
    }

    private void signIn() {
        if (!wanted.open()) return;
        switch (seen.signIn(wanted.tenant())) {
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
        var waits = !wanted.open() && (part == Part.ACCESS || part == Part.SECRET);
        if (reachable && !waits) differences.add(Difference.repairable(what, wish, found, part));
        else
            differences.add(Difference.forPerson(
                    what, wish, found, reachable ? "It is repaired when the tenant is resumed." : advice));
    }

    /// Whose it is instead; empty when it is this tenant's.
    private Optional<String> whose(Found found) {
        if (found.tenant().equals(Optional.of(wanted.tenant()))) return Optional.empty();
        return Optional.of(found.tenant().map(other -> "of tenant " + other).orElse("none"));
    }

    private boolean isTenants(String role) {
        return seen.roles(wanted.tenant(), wanted.server()).stream()
                .anyMatch(found -> found.name().equals(role));
    }

    /// The role to which everything inside belongs.
    private boolean hasOwnRole() {
        return isTenants(wanted.database());
    }

    /// The owner and the login that takes turns with it; roles of apps have two underscores behind the tenant's
    /// name.
    private boolean isBase(String role) {
        return role.equals(wanted.database()) || role.startsWith(wanted.database() + "-");
    }

    private static String yes(boolean yes) {
        return yes ? "yes" : "no";
    }
}
