package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.literal;
import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;
import static io.autostack.provisioning.cloud.local.TenantTemplate.exists;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/// Leads the platform, and nobody else, into a database that refuses connections. PostgreSQL has no exception from
/// `allow_connections false`; so the owner loses the right to connect for the moment in which the database accepts us,
/// in one transaction each way. A crash in between leaves it to us alone until the database is opened or closed again.
@ApplicationScoped
class ClosedDoor {

    /// What is done while nobody else opens or closes the database.
    interface Work<T> {
        T on(Connection admin) throws SQLException;
    }

    /// @param owner the role that the database belongs to
    Connection connect(TenantServer server, String database, String owner) throws SQLException {
        try (var admin = server.connect()) {
            return alone(
                    admin,
                    database,
                    at -> accepts(at, database)
                            ? server.connect(database)
                            : throughTheGap(server, at, database, owner));
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

    private static Connection throughTheGap(TenantServer server, Connection admin, String database, String owner)
            throws SQLException {
        var name = quoted(database);
        TenantDatabases.inTransaction(admin, () -> {
            execute(admin, "revoke connect on database " + name + " from " + quoted(owner));
            execute(admin, "grant connect on database " + name + " to " + quoted(server.user()));
            execute(admin, "alter database " + name + " with allow_connections true");
            return true;
        });
        try {
            return server.connect(database);
        } finally {
            TenantDatabases.inTransaction(admin, () -> {
                execute(admin, "alter database " + name + " with allow_connections false");
                restore(admin, database, owner, server.user());
                return true;
            });
        }
    }

    private static boolean accepts(Connection admin, String database) throws SQLException {
        return exists(admin, "select from pg_database where datallowconn and datname = " + literal(database));
    }
}
