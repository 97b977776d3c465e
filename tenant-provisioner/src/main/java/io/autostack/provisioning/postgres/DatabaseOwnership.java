package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.inTransaction;
import static io.autostack.jdbc.Sql.quoted;
import static io.autostack.provisioning.postgres.TenantDatabases.PLATFORM_CONNECTIONS;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Whose a database is. It is the platform's, for a tenant: the tenant's role, which has the database's name,
/// owns what is inside, and neither limit, settings, comment nor name of the database.
final class DatabaseOwnership {

    private DatabaseOwnership() {}

    /// By its tag, which only the platform can write on a database that is the platform's. One that was left
    /// untagged by a crash, or that is still its tenant's from an older installation, is known by its owner
    /// instead: what the owner wrote on it says nothing, unless it names somebody else.
    static boolean isOurs(Connection admin, DatabaseSpec desired, String comment) throws SQLException {
        if (comment.equals(TenantTag.of(desired.tenant()))) return true;
        if (comment.startsWith(TenantTag.PREFIX)) return false;
        var owner = owner(admin, desired.name());
        if (owner.equals(desired.name()))
            return TenantTag.onRole(admin, desired.name()).equals(Optional.of(TenantTag.of(desired.tenant())));
        return comment.equals(TenantTag.NONE) && isPlatforms(admin, owner);
    }

    /// The database becomes the platform's, if it is not: its owner could lift limits, set what sessions begin
    /// with, and write on it whatever it likes. What it set is forgotten, but for the limit on time.
    static void takeOver(TenantServer server, Connection admin, DatabaseSpec desired) throws SQLException {
        if (!own(admin, desired.name())) return;
        inTransaction(admin, () -> {
            for (var setting : settings(admin, desired.name()))
                execute(admin, "alter database " + quoted(desired.name()) + " reset " + quoted(setting));
            TenantTag.putOnDatabase(admin, desired.name(), desired.tenant());
            letIn(admin, desired.name());
            return true;
        });
        // It was the tenant's because the database was.
        MaintenanceAccess.enter(server, admin, desired.name(), server.user(), () -> {
            try (var inside = server.connect(desired.name())) {
                return inTransaction(inside, () -> {
                    var acting = new ActingFor(inside);
                    acting.begin(desired.name());
                    givePublic(inside, desired.name());
                    acting.end();
                    return true;
                });
            }
        });
    }

    /// The schema that comes with each database belongs to the database's owner until somebody says otherwise.
    /// A tenant may have dropped it.
    static void givePublic(Connection inside, String role) throws SQLException {
        if (Sql.of(inside, """
                select from pg_namespace
                 where nspname = 'public' and nspowner = (select oid from pg_roles where rolname = 'pg_database_owner')
                """).exists()) execute(inside, "alter schema public owner to " + quoted(role));
    }

    /// @return whether it was somebody else's until now
    static boolean own(Connection admin, String database) throws SQLException {
        var owner = owner(admin, database);
        if (isPlatforms(admin, owner)) return false;
        return inTransaction(admin, () -> {
            var acting = new ActingFor(admin);
            acting.begin(owner);
            execute(admin, "alter database " + quoted(database) + " owner to current_user");
            acting.end();
            return true;
        });
    }

    /// The tenant's role may connect and make what it likes inside; nobody else may.
    static void letIn(Connection admin, String database) throws SQLException {
        execute(admin, "revoke all on database " + quoted(database) + " from public");
        execute(admin, "grant connect, create, temporary on database " + quoted(database) + " to " + quoted(database));
    }

    /// A role that was made anew has the connections of its database, less the platform's.
    static void limitRole(Connection admin, String database) throws SQLException {
        var limit = Sql.of(admin, """
                select d.datconnlimit from pg_database d join pg_roles r on r.rolname = d.datname
                 where d.datname = ? and r.rolconnlimit < 0 and d.datconnlimit >= 0
                """, database).find(row -> Math.max(0, row.getInt(1) - PLATFORM_CONNECTIONS));
        if (limit.isPresent()) execute(admin, "alter role " + quoted(database) + " connection limit " + limit.get());
    }

    private static List<String> settings(Connection admin, String database) throws SQLException {
        return Sql.of(admin, """
                select split_part(one, '=', 1) from pg_db_role_setting s, unnest(s.setconfig) one
                 where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = ?)
                   and not starts_with(one, 'statement_timeout=')
                """, database).texts();
    }

    private static boolean isPlatforms(Connection admin, String owner) throws SQLException {
        return owner.equals(Sql.of(admin, "select current_user").one(row -> row.getString(1)));
    }

    static String owner(Connection admin, String database) throws SQLException {
        return Sql.of(admin, "select pg_get_userbyid(datdba) from pg_database where datname = ?", database)
                .one(row -> row.getString(1));
    }
}
