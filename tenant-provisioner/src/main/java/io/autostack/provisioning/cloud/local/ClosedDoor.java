package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.literal;
import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Leads the platform, and nobody else, into a database that refuses connections. PostgreSQL has no exception from
/// `allow_connections false`; so the owner loses the right to connect for the moment in which the database accepts us,
/// in one transaction each way. A crash in between leaves it to us alone until somebody goes through it, opens it or
/// closes it again.
@ApplicationScoped
class ClosedDoor {

    /// How the catalogue has it. A database that takes connections but not its owner's is one behind which we were
    /// killed.
    private static final String FIND = """
            select pg_get_userbyid(datdba) as owner, coalesce(shobj_description(oid, 'pg_database'), '') as tag,
                   not (datallowconn and has_database_privilege(datdba, oid, 'connect')) as closed
              from pg_database where datname = ?
            """;

    /// The way into a database.
    ///
    /// @param owner the role that owns it and everything in it
    /// @param tag whose it is
    /// @param closed true when its owner cannot connect
    record Door(TenantServer server, String database, String owner, String tag, boolean closed) {

        boolean belongsTo(UUID tenant) {
            return tag.equals(TenantDatabases.tag(tenant));
        }
    }

    /// What is done while nobody else opens or closes the database.
    interface Work<T> {
        T on(Connection admin) throws SQLException;
    }

    /// How a session begins.
    interface Entry {
        Connection into(TenantServer server, String database) throws SQLException;
    }

    static Optional<Door> find(TenantServer server, String database) throws SQLException {
        try (var admin = server.connect()) {
            return find(server, admin, database);
        }
    }

    Connection connect(TenantServer server, String database) throws SQLException {
        return connect(server, database, TenantServer::connect);
    }

    /// One session; the door is as it was once it has begun.
    Connection connect(TenantServer server, String database, Entry entry) throws SQLException {
        try (var admin = server.connect()) {
            return alone(admin, database, at -> {
                var door = find(server, at, database);
                return door.isPresent() && door.get().closed()
                        ? throughTheGap(door.get(), at, entry)
                        : entry.into(server, database);
            });
        }
    }

    /// Opening, closing and slipping through take turns.
    static <T> T alone(Connection admin, String database, Work<T> work) throws SQLException {
        var key = "hashtextextended(" + literal("door of " + database) + ", 0)";
        execute(admin, "select pg_advisory_lock(" + key + ")");
        try {
            return work.on(admin);
        } finally {
            execute(admin, "select pg_advisory_unlock(" + key + ")");
        }
    }

    /// The right to connect is the owner's again, and not ours.
    static void restore(Connection admin, String database, String owner, String us) throws SQLException {
        execute(admin, "grant connect on database " + quoted(database) + " to " + quoted(owner));
        execute(admin, "revoke connect on database " + quoted(database) + " from " + quoted(us));
    }

    private static Connection throughTheGap(Door door, Connection admin, Entry entry) throws SQLException {
        var server = door.server();
        var name = quoted(door.database());
        TenantDatabases.inTransaction(admin, () -> {
            execute(admin, "revoke connect on database " + name + " from " + quoted(door.owner()));
            execute(admin, "grant connect on database " + name + " to " + quoted(server.user()));
            execute(admin, "alter database " + name + " with allow_connections true");
            return true;
        });
        try {
            return entry.into(server, door.database());
        } finally {
            TenantDatabases.inTransaction(admin, () -> {
                execute(admin, "alter database " + name + " with allow_connections false");
                restore(admin, door.database(), door.owner(), server.user());
                return true;
            });
        }
    }

    private static Optional<Door> find(TenantServer server, Connection admin, String database) throws SQLException {
        try (var select = admin.prepareStatement(FIND)) {
            select.setString(1, database);
            try (var rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Door(
                                server,
                                database,
                                rows.getString("owner"),
                                rows.getString("tag"),
                                rows.getBoolean("closed")))
                        : Optional.empty();
            }
        }
    }
}
