package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.inTransaction;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A database and an owner role for each tenant. What exists is adopted only if its comment says it is this
/// tenant's.
@ApplicationScoped
public class TenantDatabases {

    /// Kept for the platform's own sessions beside the connections of the plan.
    public static final int PLATFORM_CONNECTIONS = 2;

    private static final int APP_CONNECTIONS = 20;
    static final String OBJECT_IN_USE = "55006";
    private static final String NO_SUCH_DATABASE = "3D000";

    /// Not allowed to sign in, no such database, no right to connect, closed: asking again changes nothing.
    private static final Set<String> SHUT_OUT = Set.of("28000", "28P01", "3D000", "42501", "55000");

    private final TenantServers servers;
    private final TenantTemplate template;

    @Inject
    TenantDatabases(TenantServers servers, TenantTemplate template) {
        this.servers = servers;
        this.template = template;
    }

    Outcome ensure(DatabaseSpec desired, Secret secret) {
        return ensure(desired, secret, desired.baseline() ? template.baseline() : DatabaseSource.empty());
    }

    Outcome ensure(DatabaseSpec desired, Secret secret, DatabaseSource source) {
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

    Outcome check(DatabaseSpec desired, Secret secret) {
        var role = secret.value().getOrDefault("username", "");
        var server = servers.find(desired);
        if (server.isEmpty()) return missing(desired);
        try (var tenant =
                server.get().connectAs(desired.name(), role, secret.value().getOrDefault("password", ""))) {
            var session = DatabaseSql.Session.of(tenant);
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
            var database = TenantTag.onDatabase(admin, desired.name());
            var dropped = database.isPresent() && DatabaseOwnership.isOurs(admin, desired, database.get());
            if (dropped) DatabaseSql.drop(admin, desired.name());
            else if (database.isPresent()) leftAlone.add("database", desired.name());
            var removed = new ArrayList<String>();
            for (var role : List.of(TenantLogins.second(owner), owner)) {
                var found = TenantTag.onRole(admin, role);
                if (found.isPresent() && !found.get().equals(TenantTag.of(desired.tenant())))
                    leftAlone.add("role", role);
                else if (found.isPresent()) {
                    DatabaseSql.dropRole(admin, role);
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
        return change(desired, (server, admin) -> {
            DatabaseSql.limitConnections(admin, desired.name(), sizing.connections() + PLATFORM_CONNECTIONS);
            DatabaseSql.limitStatements(admin, desired.name(), seconds);
            for (var role : List.of(desired.name(), TenantLogins.second(desired.name())))
                if (TenantTag.onRole(admin, role).isPresent()) DatabaseSql.limitRole(admin, role, sizing.connections());
            return Map.of(
                    "database", desired.name(),
                    "connections", Integer.toString(sizing.connections()),
                    "statement timeout", seconds + " s");
        });
    }

    /// Refuses new connections first, so that nobody slips in while the present ones are ended.
    Outcome close(DatabaseSpec desired) {
        return change(desired, (server, admin) -> {
            DatabaseSql.allowConnections(admin, desired.name(), false);
            return Map.of(
                    "database", desired.name(),
                    "connections", "refused",
                    "ended", Integer.toString(OpenSessions.endIn(admin, desired.name())));
        });
    }

    /// The role may have lost its right to connect when work behind a closed door was cut off.
    Outcome open(DatabaseSpec desired) {
        return change(desired, (server, admin) -> {
            DatabaseSql.allowConnections(admin, desired.name(), true);
            execute(admin, "grant connect on database " + quoted(desired.name()) + " to " + quoted(desired.name()));
            return Map.of("database", desired.name(), "connections", "accepted");
        });
    }

    /// Statements, and what is said about them once they are made.
    private interface Change {
        Map<String, String> make(TenantServer server, Connection admin) throws SQLException;
    }

    private Outcome change(DatabaseSpec desired, Change change) {
        var server = servers.find(desired);
        if (server.isEmpty()) return missing(desired);
        try (var admin = server.get().connect()) {
            var found = TenantTag.onDatabase(admin, desired.name());
            if (found.isEmpty()) return missing(desired);
            if (!DatabaseOwnership.isOurs(admin, desired, found.get())) return notOurs("database", desired.name());
            return MaintenanceAccess.alone(admin, desired.name(), alone -> {
                DatabaseOwnership.takeOver(server.get(), alone, desired);
                return Outcome.done(change.make(server.get(), alone));
            });
        } catch (SQLException e) {
            return Refusal.of("The database " + desired.name() + " could not be changed", e);
        }
    }

    /// Closed to everybody until nobody but the tenant's role may connect.
    ///
    /// @return what was learned about what is inside; empty when the database is somebody else's
    private static Optional<Map<String, String>> ensureDatabase(
            TenantServer server, Connection admin, DatabaseSpec desired, DatabaseSource source) throws SQLException {
        var name = desired.name();
        var found = TenantTag.onDatabase(admin, name);
        if (found.isPresent() && !DatabaseOwnership.isOurs(admin, desired, found.get())) return Optional.empty();
        var ofUnknownOrigin = found.isPresent() && found.get().equals(TenantTag.NONE) && source.holdsData();
        if (ofUnknownOrigin) DatabaseSql.drop(admin, name);
        if (found.isEmpty() || ofUnknownOrigin) DatabaseSql.create(admin, name, source.database(server));
        else DatabaseOwnership.takeOver(server, admin, desired);
        inTransaction(admin, () -> {
            TenantTag.putOnDatabase(admin, name, desired.tenant());
            DatabaseOwnership.letIn(admin, name);
            if (!desired.baseline()) limitApp(admin, name);
            DatabaseSql.allowConnections(admin, name, true);
            return true;
        });
        try (var inside = server.connect(name)) {
            return Optional.of(source.handOver(inside, name));
        }
    }

    /// No plan says how many connections an app's database has.
    private static void limitApp(Connection admin, String database) throws SQLException {
        DatabaseSql.limitConnections(admin, database, APP_CONNECTIONS + PLATFORM_CONNECTIONS);
        DatabaseSql.limitRole(admin, database, APP_CONNECTIONS);
    }

    /// Bytes on the server's disk; empty when the tenant has no such database.
    OptionalLong findSize(DatabaseSpec desired) {
        var server = servers.glance(desired);
        if (server.isEmpty()) return OptionalLong.empty();
        try (var admin = server.get().connect()) {
            return Sql.of(admin, """
                            select pg_database_size(oid) from pg_database
                             where datname = ? and shobj_description(oid, 'pg_database') = ?
                            """, desired.name(), TenantTag.of(desired.tenant()))
                    .find(row -> OptionalLong.of(row.getLong(1)))
                    .orElse(OptionalLong.empty());
        } catch (SQLException e) {
            throw new IllegalStateException("nobody says how large " + desired.name() + " is", e);
        }
    }

    static Outcome missing(DatabaseSpec desired) {
        return new Outcome.Failed("There is no database " + desired.name() + ". Restore it, then retry.");
    }

    static Outcome notOurs(String what, String name) {
        return new Outcome.Failed("A " + what + " called " + name
                + " exists already and does not belong to this tenant. Remove or rename it, then retry.");
    }
}
