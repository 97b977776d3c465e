package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// A server that came back whole from a snapshot, with everything that was on it then. One database is wanted of it,
/// under the name that it has from now on.
public final class RestoredServer {

    private static final String STILL_NEEDED = "2BP01";

    private static final String OTHERS = """
            select datname from pg_database
             where not datistemplate and datname <> ? and shobj_description(oid, 'pg_database') = ?
             order by datname
            """;

    private static final String ROLES = """
            select rolname from pg_roles
             where shobj_description(oid, 'pg_authid') = ? and rolname <> all (?) order by rolname
            """;

    private RestoredServer() {}

    /// The database and its owner role have the new name, and whoever signed in before has to be let in anew. May be
    /// asked again after it was cut off anywhere.
    ///
    /// @param before what the database was called when the snapshot was taken
    /// @param alone whether all else that is the tenant's goes: it lives on where it was
    public static Outcome take(TenantServer server, String before, DatabaseSpec desired, boolean alone) {
        try (var admin = server.connect()) {
            if (!before.equals(desired.name())) rename(admin, before, desired);
            if (TenantTag.onDatabase(admin, desired.name()).isEmpty())
                return new Outcome.Failed("The snapshot holds no database " + before + ". Choose another backup.");
            if (alone) dropOthers(admin, desired);
            return Outcome.done(Map.of("database", desired.name()));
        } catch (SQLException e) {
            return Refusal.of("The restored database " + before + " could not become " + desired.name(), e);
        }
    }

    /// A tenant may have given such a role rights in its own database; then it stays, and nobody signs in as it.
    private static void endRole(Connection admin, String role) throws SQLException {
        try {
            DatabaseSql.dropRole(admin, role);
        } catch (SQLException e) {
            if (!STILL_NEEDED.equals(e.getSQLState())) throw e;
            execute(admin, "alter role " + quoted(role) + " nologin password null");
        }
    }

    private static void rename(Connection admin, String before, DatabaseSpec desired) throws SQLException {
        var tag = TenantTag.onDatabase(admin, before);
        if (tag.isPresent() && tag.get().equals(TenantTag.of(desired.tenant()))) {
            DatabaseOwnership.own(admin, before);
            DatabaseSql.allowConnections(admin, before, false);
            OpenSessions.endIn(admin, before);
            execute(admin, "alter database " + quoted(before) + " rename to " + quoted(desired.name()));
        }
        var second = TenantLogins.second(before);
        if (isOurs(admin, second, desired)) endRole(admin, second);
        if (isOurs(admin, before, desired))
            execute(admin, "alter role " + quoted(before) + " rename to " + quoted(desired.name()));
    }

    private static boolean isOurs(Connection admin, String role, DatabaseSpec desired) throws SQLException {
        return TenantTag.onRole(admin, role)
                .filter(tag -> tag.equals(TenantTag.of(desired.tenant())))
                .isPresent();
    }

    private static void dropOthers(Connection admin, DatabaseSpec desired) throws SQLException {
        var tag = TenantTag.of(desired.tenant());
        for (var other : Sql.of(admin, OTHERS, desired.name(), tag).texts()) DatabaseSql.drop(admin, other);
        var kept = List.of(desired.name(), TenantLogins.second(desired.name())).toArray(String[]::new);
        for (var role :
                Sql.of(admin, ROLES, tag, admin.createArrayOf("text", kept)).texts()) endRole(admin, role);
    }
}
