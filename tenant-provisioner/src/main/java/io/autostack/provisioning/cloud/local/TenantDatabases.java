package io.autostack.provisioning.cloud.local;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.inTransaction;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A database and an owner role for each tenant. What exists is adopted only if its comment says it is this
/// tenant's.
@ApplicationScoped
class TenantDatabases {

    static final String UNTAGGED = "";

    /// Kept for the platform's own sessions beside the connections of the plan.
    static final int PLATFORM_CONNECTIONS = 2;

    private static final int APP_CONNECTIONS = 20;
    static final String TAG = "autostack:tenant=";
    static final String OBJECT_IN_USE = "55006";
    private static final String NO_SUCH_DATABASE = "3D000";

    /// Not allowed to sign in, no such database, no right to connect, closed: asking again changes nothing.
    private static final Set<String> SHUT_OUT = Set.of("28000", "28P01", "3D000", "42501", "55000");

    private static final String SESSION = """
            select session_user, current_user, has_database_privilege('public', current_database(), 'connect') as anybody,
                   (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'app' and c.relkind = 'r') as tables,
                   current_setting('server_version') as server,
                   (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner
            """;

    private final TenantServers servers;
    private final TenantTemplate template;

    @Inject
    TenantDatabases(TenantServers servers, TenantTemplate template) {
        this.servers = servers;
        this.template = template;
    }

    /// What a new database is copied from.
    interface Source {

        String database(TenantServer server) throws SQLException;

        /// The owner role gets what is inside.
        ///
        /// @return what was learned about it
        Map<String, String> handOver(Connection inside, String role) throws SQLException;

        /// Whether what is inside counts: then a database that carries no tag is copied anew, because nobody
        /// knows where it came from.
        default boolean holdsData() {
            return false;
        }
    }

    Outcome ensure(DatabaseSpec desired, Secret secret) {
        return ensure(desired, secret, desired.baseline() ? new Baseline() : new Nothing());
    }

    Outcome ensure(DatabaseSpec desired, Secret secret, Source source) {
        var role = secret.value().get("username");
        var password = secret.value().get("password");
        if (role == null || password == null)
            return new Outcome.Failed(
                    "The secret " + desired.secret() + " has no username and password. Put them back, then retry.");
        var server = servers.ensure(desired);
        try (var admin = server.connect()) {
            if (!TenantLogins.ensure(admin, desired, role, password)) return notOurs("role", role);
            var inside = ensureDatabase(server, admin, desired, source);
            if (inside.isEmpty()) return notOurs("database", desired.name());
            var learned = new HashMap<>(inside.get());
            learned.put("database.host", server.host());
            learned.put("database.port", Integer.toString(server.port()));
            return new Outcome.Done(
                    Map.of(
                            "engine", "postgresql",
                            "host", server.host(),
                            "port", Integer.toString(server.port()),
                            "database", desired.name(),
                            "role", role),
                    learned,
                    false);
        } catch (SQLException e) {
            if (OBJECT_IN_USE.equals(e.getSQLState()))
                return new Outcome.NotYet("the database to copy from is in use at the moment", Duration.ofMillis(300));
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                template.forget(server);
                return new Outcome.NotYet("another template database takes over", Duration.ofMillis(300));
            }
            return Refusal.of("The database " + desired.name() + " could not be made", e);
        }
    }

    /// What a tenant's own session says of itself and its database.
    private record Session(
            String signedInAs, String worksAs, String owner, boolean anybodyConnects, long tables, String server) {

        static Session of(ResultSet row) throws SQLException {
            return new Session(
                    row.getString("session_user"),
                    row.getString("current_user"),
                    row.getString("owner"),
                    row.getBoolean("anybody"),
                    row.getLong("tables"),
                    row.getString("server"));
        }
    }

    Outcome check(DatabaseSpec desired, Secret secret) {
        var role = secret.value().getOrDefault("username", "");
        var server = servers.find(desired);
        if (server.isEmpty()) return missing(desired);
        try (var tenant =
                server.get().connectAs(desired.name(), role, secret.value().getOrDefault("password", ""))) {
            var session = Sql.of(tenant, SESSION).one(Session::of);
            if (session.anybodyConnects())
                return new Outcome.Failed("The database " + desired.name()
                        + " lets other roles connect. Revoke that right from everybody but its owner, then retry.");
            // A database of an older installation is its tenant's until upkeep has been there.
            if (!session.owner().equals(server.get().user()) && !session.owner().equals(desired.name()))
                return new Outcome.Failed("The database " + desired.name() + " belongs to the role " + session.owner()
                        + ". Give it to " + server.get().user() + ", then retry.");
            if (!session.worksAs().equals(desired.name()))
                return new Outcome.Failed("The role " + role + " does not work as the owner " + desired.name()
                        + ". Make it a member that does, then retry.");
            return Outcome.done(Map.of(
                    "signed in as", session.signedInAs(),
                    "tables", Long.toString(session.tables()),
                    "server", "PostgreSQL " + session.server()));
        } catch (SQLException e) {
            if (e.getSQLState() != null && SHUT_OUT.contains(e.getSQLState()))
                return new Outcome.Failed("The role " + role + " cannot sign in to the database " + desired.name()
                        + ": " + Refusal.sentence(e) + " Let it in again, then retry.");
            return Refusal.of("The role " + role + " cannot work in its database", e);
        }
    }

    Outcome remove(DatabaseSpec desired) {
        var owner = desired.name();
        var server = servers.find(desired);
        if (server.isEmpty()) return Outcome.done(Map.of("server", "the tenant has none of its own"));
        try (var admin = server.get().connect()) {
            var leftAlone = new LeftAlone();
            var database = databaseComment(admin, desired.name());
            var dropped = database.isPresent() && DatabaseOwnership.isOurs(admin, desired, database.get());
            if (dropped) dropDatabase(admin, desired.name());
            else if (database.isPresent()) leftAlone.add("database", desired.name());
            var removed = new ArrayList<String>();
            for (var role : List.of(TenantLogins.second(owner), owner)) {
                var found = roleComment(admin, role);
                if (found.isPresent() && !found.get().equals(tag(desired.tenant()))) leftAlone.add("role", role);
                else if (found.isPresent()) {
                    execute(admin, "drop role " + quoted(role));
                    removed.add(role);
                }
            }
            return leftAlone.done(Map.of(
                    "database",
                    desired.name() + (dropped ? " dropped" : " was not there"),
                    "role",
                    removed.isEmpty() ? owner + " was not there" : String.join(" and ", removed) + " dropped"));
        } catch (SQLException e) {
            return Refusal.of("The database " + desired.name() + " could not be removed", e);
        }
    }

    /// Sessions that are open keep what they began with; the next ones have the new size. The roles have the
    /// plan's connections, the database a few more: those are the platform's.
    Outcome size(DatabaseSpec desired, Sizing sizing) {
        var seconds = sizing.statementTimeout().toSeconds();
        var limit = "with connection limit " + (sizing.connections() + PLATFORM_CONNECTIONS);
        return change(desired, limit, (server, admin) -> {
            execute(admin, "alter database " + quoted(desired.name()) + " set statement_timeout = '" + seconds + "s'");
            for (var role : List.of(desired.name(), TenantLogins.second(desired.name())))
                if (roleComment(admin, role).isPresent())
                    execute(admin, "alter role " + quoted(role) + " connection limit " + sizing.connections());
            return Map.of(
                    "database", desired.name(),
                    "connections", Integer.toString(sizing.connections()),
                    "statement timeout", seconds + " s");
        });
    }

    /// Refuses new connections first, so that nobody slips in while the present ones are ended.
    Outcome close(DatabaseSpec desired) {
        return change(
                desired,
                "with allow_connections false",
                (server, admin) -> Map.of(
                        "database", desired.name(),
                        "connections", "refused",
                        "ended", Integer.toString(OpenSessions.endIn(admin, desired.name()))));
    }

    /// The role may have lost its right to connect when work behind a closed door was cut off.
    Outcome open(DatabaseSpec desired) {
        return change(desired, "with allow_connections true", (server, admin) -> {
            execute(admin, "grant connect on database " + quoted(desired.name()) + " to " + quoted(desired.name()));
            return Map.of("database", desired.name(), "connections", "accepted");
        });
    }

    /// Whoever is inside has to go, and nobody comes in meanwhile. A worker of autovacuum is not ours to end:
    /// the server does by itself.
    static void dropDatabase(Connection admin, String database) throws SQLException {
        if (databaseComment(admin, database).isEmpty()) return;
        DatabaseOwnership.own(admin, database);
        execute(admin, "alter database " + quoted(database) + " with allow_connections false");
        OpenSessions.endIn(admin, database);
        TenantServer.executePatiently(admin, "drop database if exists " + quoted(database));
    }

    /// What is said about a change once it is made.
    private interface Evidence {
        Map<String, String> of(TenantServer server, Connection admin) throws SQLException;
    }

    private Outcome change(DatabaseSpec desired, String change, Evidence evidence) {
        var server = servers.find(desired);
        if (server.isEmpty()) return missing(desired);
        try (var admin = server.get().connect()) {
            var found = databaseComment(admin, desired.name());
            if (found.isEmpty()) return missing(desired);
            if (!DatabaseOwnership.isOurs(admin, desired, found.get())) return notOurs("database", desired.name());
            return MaintenanceAccess.alone(admin, desired.name(), alone -> {
                DatabaseOwnership.takeOver(server.get(), alone, desired);
                execute(alone, "alter database " + quoted(desired.name()) + " " + change);
                return Outcome.done(evidence.of(server.get(), alone));
            });
        } catch (SQLException e) {
            return Refusal.of("The database " + desired.name() + " could not be changed", e);
        }
    }

    /// Closed to everybody until nobody but the tenant's role may connect.
    ///
    /// @return what was learned about what is inside; empty when the database is somebody else's
    private Optional<Map<String, String>> ensureDatabase(
            TenantServer server, Connection admin, DatabaseSpec desired, Source source) throws SQLException {
        var name = quoted(desired.name());
        var found = databaseComment(admin, desired.name());
        if (found.isPresent() && !DatabaseOwnership.isOurs(admin, desired, found.get())) return Optional.empty();
        var ofUnknownOrigin = found.isPresent() && found.get().equals(UNTAGGED) && source.holdsData();
        if (ofUnknownOrigin) dropDatabase(admin, desired.name());
        var made = found.isEmpty() || ofUnknownOrigin;
        if (made)
            TenantServer.executePatiently(
                    admin,
                    "create database " + name + " template " + quoted(source.database(server))
                            + " allow_connections false");
        else DatabaseOwnership.takeOver(server, admin, desired);
        inTransaction(admin, () -> {
            execute(admin, "comment on database " + name + " is " + literal(tag(desired.tenant())));
            DatabaseOwnership.letIn(admin, desired.name());
            if (!desired.baseline()) limitApp(admin, desired.name());
            execute(admin, "alter database " + name + " with allow_connections true");
            return true;
        });
        try (var inside = server.connect(desired.name())) {
            return Optional.of(source.handOver(inside, desired.name()));
        }
    }

    /// No plan says how many connections an app's database has.
    private static void limitApp(Connection admin, String database) throws SQLException {
        execute(
                admin,
                "alter database " + quoted(database) + " with connection limit "
                        + (APP_CONNECTIONS + PLATFORM_CONNECTIONS));
        execute(admin, "alter role " + quoted(database) + " connection limit " + APP_CONNECTIONS);
    }

    /// The tenant schema.
    private final class Baseline implements Source {

        private @Nullable String copied;

        @Override
        public String database(TenantServer server) throws SQLException {
            copied = template.ensure(server);
            return copied;
        }

        @Override
        public Map<String, String> handOver(Connection inside, String role) throws SQLException {
            TenantTemplate.handOver(inside, role);
            var schema = copied == null ? Fingerprint.of(inside) : template.read(copied, inside);
            return Map.of("schema.version", schema.version(), "schema.fingerprint", schema.fingerprint());
        }
    }

    private static final class Nothing implements Source {
        @Override
        public String database(TenantServer server) {
            return "template0";
        }

        @Override
        public Map<String, String> handOver(Connection inside, String role) throws SQLException {
            TenantTemplate.givePublic(inside, role);
            return Map.of();
        }
    }

    static Optional<String> databaseComment(Connection admin, String name) throws SQLException {
        return comment(admin, "pg_database", "pg_database", "datname", name);
    }

    static Optional<String> roleComment(Connection admin, String name) throws SQLException {
        return comment(admin, "pg_authid", "pg_roles", "rolname", name);
    }

    /// The comment of a role or database: empty when it does not exist, `UNTAGGED` when it carries none.
    static Optional<String> comment(Connection admin, String catalogue, String view, String column, String name)
            throws SQLException {
        return Sql.of(
                        admin,
                        "select coalesce(shobj_description(oid, '" + catalogue + "'), '" + UNTAGGED + "') from " + view
                                + " where " + column + " = ?",
                        name)
                .find(row -> row.getString(1));
    }

    static String tag(UUID tenant) {
        return TAG + tenant;
    }

    static Outcome missing(DatabaseSpec desired) {
        return new Outcome.Failed("There is no database " + desired.name() + ". Restore it, then retry.");
    }

    static Outcome notOurs(String what, String name) {
        return new Outcome.Failed("A " + what + " called " + name
                + " exists already and does not belong to this tenant. Remove or rename it, then retry.");
    }
}
