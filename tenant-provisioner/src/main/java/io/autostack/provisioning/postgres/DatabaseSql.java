package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Statements that make, change and remove a tenant's database, sent to its server from outside. Who owns it and may
/// connect is [DatabaseOwnership]'s.
final class DatabaseSql {

    private static final String SESSION = """
            select session_user, current_user, has_database_privilege('public', current_database(), 'connect') as anybody,
                   (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where n.nspname = 'app' and c.relkind = 'r') as tables,
                   current_setting('server_version') as server,
                   (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) as owner
            """;

    private DatabaseSql() {}

    /// Closed to everybody.
    static void create(Connection admin, String database, String template) throws SQLException {
        TenantServer.executePatiently(
                admin,
                "create database " + quoted(database) + " template " + quoted(template) + " allow_connections false");
    }

    /// Sessions that have begun go on either way.
    static void allowConnections(Connection admin, String database, boolean allowed) throws SQLException {
        execute(admin, "alter database " + quoted(database) + " with allow_connections " + allowed);
    }

    static void limitConnections(Connection admin, String database, int connections) throws SQLException {
        execute(admin, "alter database " + quoted(database) + " with connection limit " + connections);
    }

    static void limitRole(Connection admin, String role, int connections) throws SQLException {
        execute(admin, "alter role " + quoted(role) + " connection limit " + connections);
    }

    static void limitStatements(Connection admin, String database, long seconds) throws SQLException {
        execute(admin, "alter database " + quoted(database) + " set statement_timeout = '" + seconds + "s'");
    }

    /// Whoever is inside has to go, and nobody comes in meanwhile. A worker of autovacuum is not ours to end:
    /// the server does by itself.
    static void drop(Connection admin, String database) throws SQLException {
        if (TenantTag.onDatabase(admin, database).isEmpty()) return;
        DatabaseOwnership.own(admin, database);
        allowConnections(admin, database, false);
        OpenSessions.endIn(admin, database);
        TenantServer.executePatiently(admin, "drop database if exists " + quoted(database));
    }

    static void dropRole(Connection admin, String role) throws SQLException {
        execute(admin, "drop role " + quoted(role));
    }

    /// What a tenant's own session says of itself and its database.
    ///
    /// @param server the version of PostgreSQL
    record Session(
            String signedInAs, String worksAs, String owner, boolean anybodyConnects, long tables, String server) {

        static Session of(Connection tenant) throws SQLException {
            return Sql.of(tenant, SESSION).one(Session::read);
        }

        private static Session read(ResultSet row) throws SQLException {
            return new Session(
                    row.getString("session_user"),
                    row.getString("current_user"),
                    row.getString("owner"),
                    row.getBoolean("anybody"),
                    row.getLong("tables"),
                    row.getString("server"));
        }
    }
}
