package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Leads one login, and nobody else, into a database that refuses connections. PostgreSQL has no exception from
/// `allow_connections false`; so the tenant's role loses the right to connect for the moment in which the
/// database accepts the login, in one transaction each way. A crash in between leaves it to us alone until
/// somebody goes through it, opens it or closes it again.
final class MaintenanceAccess {

    /// How the catalogue has it: the tenant's role has the database's name. A database that takes connections
    /// but not that role's is one behind which we were killed.
    private static final String FIND = """
            select coalesce(shobj_description(d.oid, 'pg_database'), '') as tag,
                   coalesce(shobj_description(r.oid, 'pg_authid'), '') as role_tag,
                   d.datallowconn as open,
                   r.oid is null or not has_database_privilege(r.oid, d.oid, 'connect') as shut_out
              from pg_database d left join pg_roles r on r.rolname = d.datname where d.datname = ?
            """;

    private MaintenanceAccess() {}

    /// The way into a database.
    ///
    /// @param tag whose it is
    /// @param roleTag whose the role of the same name is, to which everything inside belongs
    /// @param open whether it takes connections
    /// @param shutOut whether that role may not connect
    record Access(TenantServer server, String database, String tag, String roleTag, boolean open, boolean shutOut) {

        boolean belongsTo(UUID tenant) {
            return tag.equals(TenantTag.of(tenant));
        }

        boolean closed() {
            return !open || shutOut;
        }
    }

    /// What is done while nobody else opens or closes the database.
    interface Work<T> {
        T on(Connection admin) throws SQLException;
    }

    /// What is done while the login may connect.
    interface Entry<T> {
        T connect() throws SQLException;
    }

    static Optional<Access> find(TenantServer server, String database) throws SQLException {
        try (var admin = server.connect()) {
            return find(server, admin, database);
        }
    }

    /// What may connect is afterwards as it was. Sessions that have begun by then go on.
    static <T> T enter(TenantServer server, Connection admin, String database, String login, Entry<T> entry)
            throws SQLException {
        return alone(admin, database, at -> {
            var access = find(server, at, database);
            return access.isPresent() && access.get().closed()
                    ? withTemporaryAccess(access.get(), at, login, entry)
                    : entry.connect();
        });
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

    private static <T> T withTemporaryAccess(Access access, Connection admin, String login, Entry<T> entry)
            throws SQLException {
        var name = quoted(access.database());
        // Whoever owns a database may connect, and would lose that right.
        var ours = login.equals(access.server().user());
        var owner = access.roleTag().isEmpty() ? "" : name;
        Sql.inTransaction(admin, () -> {
            if (!owner.isEmpty()) execute(admin, "revoke connect on database " + name + " from " + owner);
            if (!ours) execute(admin, "grant connect on database " + name + " to " + quoted(login));
            execute(admin, "alter database " + name + " with allow_connections true");
            return true;
        });
        try {
            return entry.connect();
        } finally {
            Sql.inTransaction(admin, () -> {
                execute(admin, "alter database " + name + " with allow_connections false");
                if (!owner.isEmpty()) execute(admin, "grant connect on database " + name + " to " + owner);
                if (!ours) execute(admin, "revoke connect on database " + name + " from " + quoted(login));
                return true;
            });
        }
    }

    private static Optional<Access> find(TenantServer server, Connection admin, String database) throws SQLException {
        return Sql.of(admin, FIND, database)
                .find(row -> new Access(
                        server,
                        database,
                        row.getString("tag"),
                        row.getString("role_tag"),
                        row.getBoolean("open"),
                        row.getBoolean("shut_out")));
    }
}
