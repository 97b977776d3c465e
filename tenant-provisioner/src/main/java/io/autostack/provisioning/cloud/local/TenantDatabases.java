package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.literal;
import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseWanted;
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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A database and an owner role for each tenant. What exists is adopted only if its comment says it is this tenant's.
@ApplicationScoped
class TenantDatabases {

    static final String UNTAGGED = "";
    static final String OBJECT_IN_USE = "55006";
    private static final String NOT_ALLOWED = "42501";
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

    /// What a new database is copied from.
    interface Source {

        String database(TenantServer server) throws SQLException;

        /// The owner role gets what is inside.
        ///
        /// @return what was learned about it
        Map<String, String> handOver(Connection inside, String role) throws SQLException;

        /// Whether what is inside counts: then a database that carries no tag is copied anew, because nobody knows
        /// where it came from.
        default boolean holdsData() {
            return false;
        }
    }

    Outcome ensure(DatabaseWanted wanted, Secret secret) {
        return ensure(wanted, secret, wanted.baseline() ? new Baseline() : new Nothing());
    }

    Outcome ensure(DatabaseWanted wanted, Secret secret, Source source) {
        var role = secret.value().get("username");
        var password = secret.value().get("password");
        if (role == null || password == null)
            return new Outcome.Failed(
                    "The secret " + wanted.secret() + " has no username and password. Put them back, then retry.");
        var server = servers.ensure(wanted);
        try (var admin = server.connect()) {
            if (!TenantLogins.ensure(admin, wanted, role, password)) return notOurs("role", role);
            var inside = ensureDatabase(server, admin, wanted, wanted.name(), source);
            if (inside.isEmpty()) return notOurs("database", wanted.name());
            var learned = new HashMap<>(inside.get());
            learned.put("database.host", server.host());
            learned.put("database.port", Integer.toString(server.port()));
            return new Outcome.Done(
                    Map.of(
                            "engine", "postgresql",
                            "host", server.host(),
                            "port", Integer.toString(server.port()),
                            "database", wanted.name(),
                            "role", role),
                    learned,
                    false);
        } catch (SQLException refused) {
            if (OBJECT_IN_USE.equals(refused.getSQLState()))
                return new Outcome.NotYet("the database to copy from is in use at the moment", Duration.ofMillis(300));
            if (NO_SUCH_DATABASE.equals(refused.getSQLState())) {
                template.forget(server);
                return new Outcome.NotYet("another template database takes over", Duration.ofMillis(300));
            }
            throw new IllegalStateException("database " + wanted.name() + " could not be made", refused);
        }
    }

    Outcome check(DatabaseWanted wanted, Secret secret) {
        var role = secret.value().getOrDefault("username", "");
        var server = servers.find(wanted);
        if (server.isEmpty()) return missing(wanted);
        try (var tenant = server.get()
                        .connectAs(wanted.name(), role, secret.value().getOrDefault("password", ""));
                var statement = tenant.createStatement();
                var row = statement.executeQuery("""
                        select session_user, current_user, has_database_privilege('public', current_database(), 'connect') as anybody,
                               (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                 where n.nspname = 'app' and c.relkind = 'r') as tables,
                               current_setting('server_version') as server,
                               (select pg_get_userbyid(datdba) from pg_database where datname = current_database())
                                 as owner
                        """)) {
            row.next();
            if (row.getBoolean("anybody"))
                return new Outcome.Failed("The database " + wanted.name()
                        + " lets other roles connect. Revoke that right from everybody but its owner, then retry.");
            if (!row.getString("owner").equals(wanted.name()))
                return new Outcome.Failed("The database " + wanted.name() + " belongs to the role "
                        + row.getString("owner") + ". Give it to " + wanted.name() + ", then retry.");
            if (!row.getString("current_user").equals(wanted.name()))
                return new Outcome.Failed("The role " + role + " does not work as the owner " + wanted.name()
                        + ". Make it a member that does, then retry.");
            return Outcome.done(Map.of(
                    "signed in as", row.getString("session_user"),
                    "tables", row.getString("tables"),
                    "server", "PostgreSQL " + row.getString("server")));
        } catch (SQLException refused) {
            if (refused.getSQLState() != null && SHUT_OUT.contains(refused.getSQLState()))
                return new Outcome.Failed("The role " + role + " cannot sign in to the database " + wanted.name() + ": "
                        + refused.getMessage() + ". Let it in again, then retry.");
            throw new IllegalStateException("the role " + role + " cannot work in its database", refused);
        }
    }

    Outcome remove(DatabaseWanted wanted) {
        var owner = wanted.name();
        var server = servers.find(wanted);
        if (server.isEmpty()) return Outcome.done(Map.of("server", "the tenant has none of its own"));
        try (var admin = server.get().connect()) {
            var leftAlone = new LeftAlone();
            var database = databaseComment(admin, wanted.name());
            var dropped = database.isPresent() && isOurs(admin, wanted, owner, database.get());
            if (dropped) dropDatabase(admin, wanted.name());
            else if (database.isPresent()) leftAlone.add("database", wanted.name());
            var removed = new ArrayList<String>();
            for (var role : List.of(TenantLogins.second(owner), owner)) {
                var found = roleComment(admin, role);
                if (found.isPresent() && !found.get().equals(tag(wanted.tenant()))) leftAlone.add("role", role);
                else if (found.isPresent()) {
                    execute(admin, "drop role " + quoted(role));
                    removed.add(role);
                }
            }
            return leftAlone.done(Map.of(
                    "database",
                    wanted.name() + (dropped ? " dropped" : " was not there"),
                    "role",
                    removed.isEmpty() ? owner + " was not there" : String.join(" and ", removed) + " dropped"));
        } catch (SQLException refused) {
            throw new IllegalStateException("database " + wanted.name() + " could not be removed", refused);
        }
    }

    /// Sessions that are open keep what they began with; the next ones have the new size.
    Outcome size(DatabaseWanted wanted, Sizing sizing) {
        var seconds = sizing.statementTimeout().toSeconds();
        return change(wanted, "with connection limit " + sizing.connections(), (server, admin) -> {
            execute(admin, "alter database " + quoted(wanted.name()) + " set statement_timeout = '" + seconds + "s'");
            return Map.of(
                    "database", wanted.name(),
                    "connections", Integer.toString(sizing.connections()),
                    "statement timeout", seconds + " s");
        });
    }

    /// Refuses new connections first, so that nobody slips in while the present ones are ended.
    Outcome close(DatabaseWanted wanted) {
        return change(
                wanted,
                "with allow_connections false",
                (server, admin) -> Map.of(
                        "database", wanted.name(),
                        "connections", "refused",
                        "ended", endSessions(admin, wanted.name())));
    }

    /// Whoever is inside has to go. A worker of autovacuum is not ours to end, and force would insist on that; without
    /// force the server ends it by itself.
    static void dropDatabase(Connection admin, String database) throws SQLException {
        try {
            execute(admin, "drop database if exists " + quoted(database) + " with (force)");
        } catch (SQLException refused) {
            if (!NOT_ALLOWED.equals(refused.getSQLState())) throw refused;
            endSessions(admin, database);
            execute(admin, "drop database if exists " + quoted(database));
        }
    }

    /// @return how many
    static String endSessions(Connection admin, String database) throws SQLException {
        try (var end = admin.prepareStatement(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = ? and usesysid is not null"
                        + " and pg_has_role(usesysid, 'member')")) {
            end.setString(1, database);
            try (var ended = end.executeQuery()) {
                ended.next();
                return ended.getString(1);
            }
        }
    }

    /// The owner may have lost its right to connect when work behind a closed door was cut off.
    Outcome open(DatabaseWanted wanted) {
        return change(wanted, "with allow_connections true", (server, admin) -> {
            ClosedDoor.restore(admin, wanted.name(), owner(admin, wanted.name()), server.user());
            return Map.of("database", wanted.name(), "connections", "accepted");
        });
    }

    /// What is said about a change once it is made.
    private interface Evidence {
        Map<String, String> of(TenantServer server, Connection admin) throws SQLException;
    }

    private Outcome change(DatabaseWanted wanted, String change, Evidence evidence) {
        var server = servers.find(wanted);
        if (server.isEmpty()) return missing(wanted);
        try (var admin = server.get().connect()) {
            var found = databaseComment(admin, wanted.name());
            if (found.isEmpty()) return missing(wanted);
            if (!isOurs(admin, wanted, wanted.name(), found.get())) return notOurs("database", wanted.name());
            return ClosedDoor.alone(admin, wanted.name(), alone -> {
                execute(alone, "alter database " + quoted(wanted.name()) + " " + change);
                return Outcome.done(evidence.of(server.get(), alone));
            });
        } catch (SQLException refused) {
            throw new IllegalStateException("database " + wanted.name() + " could not be changed", refused);
        }
    }

    /// Without a tag it may be ours from before a crash, if its owner is.
    static boolean isOurs(Connection admin, DatabaseWanted wanted, String role, String comment) throws SQLException {
        return comment.equals(tag(wanted.tenant()))
                || (comment.equals(UNTAGGED) && isOwner(admin, wanted.name(), role));
    }

    /// Closed to everybody until nobody but the owner may connect.
    ///
    /// @return what was learned about what is inside; empty when the database is somebody else's
    private Optional<Map<String, String>> ensureDatabase(
            TenantServer server, Connection admin, DatabaseWanted wanted, String role, Source source)
            throws SQLException {
        var name = quoted(wanted.name());
        var found = databaseComment(admin, wanted.name());
        if (found.isPresent() && !isOurs(admin, wanted, role, found.get())) return Optional.empty();
        var ofUnknownOrigin = found.isPresent() && found.get().equals(UNTAGGED) && source.holdsData();
        if (ofUnknownOrigin) dropDatabase(admin, wanted.name());
        if (found.isEmpty() || ofUnknownOrigin) {
            execute(
                    admin,
                    "create database " + name + " template " + quoted(source.database(server)) + " owner "
                            + quoted(role) + " allow_connections false");
        }
        if (!isOwner(admin, wanted.name(), role))
            execute(admin, "alter database " + name + " owner to " + quoted(role));
        inTransaction(admin, () -> {
            execute(admin, "comment on database " + name + " is " + literal(tag(wanted.tenant())));
            execute(admin, "revoke all on database " + name + " from public");
            execute(admin, "grant connect on database " + name + " to " + quoted(role));
            execute(admin, "alter database " + name + " with allow_connections true");
            return true;
        });
        try (var inside = server.connect(wanted.name())) {
            return Optional.of(source.handOver(inside, role));
        }
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
            execute(inside, "reassign owned by " + TenantTemplate.OWNER + " to " + quoted(role));
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
            execute(inside, "revoke all on schema public from public");
            return Map.of();
        }
    }

    static boolean isOwner(Connection admin, String database, String role) throws SQLException {
        try (var select =
                admin.prepareStatement("select pg_get_userbyid(datdba) = ? from pg_database where datname = ?")) {
            select.setString(1, role);
            select.setString(2, database);
            try (var rows = select.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static String owner(Connection admin, String database) throws SQLException {
        try (var select = admin.prepareStatement("select pg_get_userbyid(datdba) from pg_database where datname = ?")) {
            select.setString(1, database);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /// Several changes, one commit.
    interface Changes {
        boolean make() throws SQLException;
    }

    static boolean inTransaction(Connection admin, Changes changes) throws SQLException {
        admin.setAutoCommit(false);
        try {
            var made = changes.make();
            admin.commit();
            return made;
        } catch (SQLException refused) {
            admin.rollback();
            throw refused;
        } finally {
            admin.setAutoCommit(true);
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
        try (var select = admin.prepareStatement(
                "select shobj_description(oid, '" + catalogue + "') from " + view + " where " + column + " = ?")) {
            select.setString(1, name);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) return Optional.empty();
                return Optional.of(rows.getString(1) == null ? UNTAGGED : rows.getString(1));
            }
        }
    }

    static String tag(UUID tenant) {
        return "autostack:tenant=" + tenant;
    }

    static Outcome missing(DatabaseWanted wanted) {
        return new Outcome.Failed("There is no database " + wanted.name() + ". Restore it, then retry.");
    }

    static Outcome notOurs(String what, String name) {
        return new Outcome.Failed("A " + what + " called " + name
                + " exists already and does not belong to this tenant. Remove or rename it, then retry.");
    }
}
