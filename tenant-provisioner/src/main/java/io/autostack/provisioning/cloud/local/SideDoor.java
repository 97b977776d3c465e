package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Lets this driver, and nobody else, work in a tenant's database that takes no connections. Whether it was closed can
/// still be told after a crash in between: its owner may not connect.
@ApplicationScoped
class SideDoor {

    /// A tenant's database as the catalogue has it.
    ///
    /// @param owner the role that owns it and everything in it
    /// @param closed true when the tenant cannot connect
    record Door(TenantServer server, String database, String owner, String tag, boolean closed) {

        boolean belongsTo(UUID tenant) {
            return tag.equals(TenantDatabases.tag(tenant));
        }
    }

    /// Work inside.
    interface Work<T> {
        T run() throws SQLException;
    }

    Optional<Door> find(TenantServer server, String database) throws SQLException {
        try (var admin = server.connect();
                var select = admin.prepareStatement("""
                        select pg_get_userbyid(datdba) as owner, coalesce(shobj_description(oid, 'pg_database'), '') as tag,
                               not (datallowconn and has_database_privilege(datdba, oid, 'connect')) as closed
                          from pg_database where datname = ?
                        """)) {
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

    <T> T through(Door door, Work<T> work) throws SQLException {
        if (!door.closed()) return work.run();
        var database = quoted(door.database());
        var owner = quoted(door.owner());
        var us = quoted(door.server().user());
        atOnce(
                door.server(),
                "revoke connect on database " + database + " from " + owner,
                "grant connect on database " + database + " to " + us,
                "alter database " + database + " with allow_connections true");
        try {
            return work.run();
        } finally {
            atOnce(
                    door.server(),
                    "alter database " + database + " with allow_connections false",
                    "revoke connect on database " + database + " from " + us,
                    "grant connect on database " + database + " to " + owner);
        }
    }

    private static void atOnce(TenantServer server, String... changes) throws SQLException {
        try (Connection admin = server.connect()) {
            admin.setAutoCommit(false);
            try {
                for (var change : changes) execute(admin, change);
                admin.commit();
            } finally {
                admin.rollback();
                admin.setAutoCommit(true);
            }
        }
    }
}
