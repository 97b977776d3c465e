package io.autostack.local;

import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;

/// The control plane's database and its three roles, prepared on any PostgreSQL. Preparing again changes
/// nothing.
///
/// @param name the database
/// @param owner owns the database and migrates it
/// @param application what the control plane runs as: it owns nothing and cannot bypass row-level security
/// @param provisioner makes databases and roles for tenants, and cannot open the control plane's own
public record ControlDatabase(String name, Login owner, Login application, Login provisioner) {

    /// Who signs in to PostgreSQL.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    /// @param admin a superuser, or a role with CREATEDB and CREATEROLE
    /// @param secrets where the passwords are kept
    public static ControlDatabase prepare(Connection admin, String name, Secrets secrets) throws SQLException {
        var prepared = new ControlDatabase(
                name,
                login("autostack_owner", secrets),
                login("autostack_app", secrets),
                login("autostack_provisioner", secrets));
        prepared.prepareOn(admin);
        return prepared;
    }

    private static Login login(String role, Secrets secrets) {
        return new Login(role, secrets.password(role));
    }

    private void prepareOn(Connection admin) throws SQLException {
        if (!PLAIN.matcher(name).matches())
            throw new StartFailed("the database name may hold letters, digits, - and _ only: " + name);
        role(admin, owner, "");
        role(admin, application, "");
        role(admin, provisioner, "createdb createrole");
        // Whoever makes a role may let itself in; it is not in by itself.
        execute(admin, "alter role autostack_provisioner reset createrole_self_grant");
        execute(admin, "grant autostack_owner to current_user with inherit true, set true");
        // Sees how long statements run and ends those that are not allowed to; comes in when tenants have taken the
        // rest.
        grantWherePossible(admin, "pg_read_all_stats", "autostack_provisioner");
        grantWherePossible(admin, "pg_signal_backend", "autostack_provisioner");
        for (var login : new String[] {"autostack_owner", "autostack_app", "autostack_provisioner"})
            grantWherePossible(admin, "pg_use_reserved_connections", login);
        refuseMightyApplication(admin);

        if (!exists(admin, "select from pg_database where datname = ?", name))
            execute(admin, "create database \"" + name + "\" owner autostack_owner");
        closeToPublic(admin, name);
        execute(admin, "grant connect on database \"" + name + "\" to autostack_app");
        closeToPublic(admin, "postgres");
        closeToPublic(admin, "template1");
        execute(admin, "grant connect on database postgres to autostack_provisioner");
    }

    private static void role(Connection admin, Login login, String powers) throws SQLException {
        if (!PLAIN.matcher(login.password()).matches())
            throw new StartFailed("the password kept for " + login.user() + " may hold letters, digits, - and _ only");
        if (!exists(admin, "select from pg_roles where rolname = ?", login.user()))
            execute(admin, "create role " + login.user() + " nosuperuser nobypassrls noreplication");
        execute(admin, "alter role %s login %s password '%s'".formatted(login.user(), powers, login.password()));
    }

    private static void refuseMightyApplication(Connection admin) throws SQLException {
        var mighty = """
                select from pg_roles
                where rolname = ? and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
                """;
        if (exists(admin, mighty, "autostack_app"))
            throw new StartFailed("the database role autostack_app can do too much (superuser, bypassrls, createrole or"
                    + " createdb): tenants would not be kept apart. Take these powers from it and start again.");
    }

    /// On a managed server `postgres` and `template1` may belong to its provider; what is not ours stays as it
    /// is.
    private static void closeToPublic(Connection admin, String database) throws SQLException {
        var ours = """
                select from pg_database d, pg_roles me
                where d.datname = ? and me.rolname = current_user
                  and (me.rolsuper or pg_has_role(current_user, d.datdba, 'member'))
                """;
        if (exists(admin, ours, database))
            execute(admin, "revoke connect on database \"" + database + "\" from public");
    }

    /// An administrator that is no superuser may hand on what it was given for that.
    private static void grantWherePossible(Connection admin, String right, String role) throws SQLException {
        var possible = """
                select from pg_roles me
                where me.rolname = current_user
                  and (me.rolsuper or pg_has_role(me.rolname, ?, 'usage with admin option'))
                """;
        if (exists(admin, possible, right)) execute(admin, "grant " + right + " to " + role);
    }

    private static boolean exists(Connection admin, String query, String argument) throws SQLException {
        try (var statement = admin.prepareStatement(query)) {
            statement.setString(1, argument);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection admin, String sql) throws SQLException {
        try (var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
