package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;
import static io.autostack.provisioning.postgres.TenantDatabases.notOurs;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PasswordUtil;

/// Who signs in to a tenant's database: the owner role, which has the database's name, and a second role that
/// works as the owner. A role has one password, so credentials alternate between the two and both work for a
/// while.
@ApplicationScoped
class TenantLogins {

    private static final String NONE = "the tenant has none of its own";
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private final TenantServers servers;

    @Inject
    TenantLogins(TenantServers servers) {
        this.servers = servers;
    }

    /// No name that a database is made with has a hyphen.
    static String second(String owner) {
        return owner + "-b";
    }

    String spare(DatabaseSpec desired, Optional<Secret> current) {
        return current.map(TenantLogins::user).orElse("").equals(desired.name())
                ? second(desired.name())
                : desired.name();
    }

    /// The role signs in with this password and works as the owner, which is made first if there is none.
    ///
    /// @return false when one of the two is somebody else's
    static boolean ensure(Connection admin, DatabaseSpec desired, String login, String password) throws SQLException {
        var owner = desired.name();
        var signsIn = "login password "
                + literal(PasswordUtil.encodePassword(login, password.toCharArray(), "scram-sha-256"));
        // One transaction: a role without its tag, or without its password, is never seen.
        return Sql.inTransaction(admin, () -> {
            if (login.equals(owner)) return ensureRole(admin, desired, owner, signsIn);
            if (!ensureRole(admin, desired, owner, "") || !ensureRole(admin, desired, login, signsIn)) return false;
            execute(admin, "grant " + quoted(owner) + " to " + quoted(login) + " with inherit true, set true");
            // Whatever it makes belongs to the owner, unless it resets its role: then it is given to the owner later.
            execute(admin, "alter role " + quoted(login) + " set role to " + literal(owner));
            execute(admin, "alter role " + quoted(login) + " connection limit " + limit(admin, owner));
            return true;
        });
    }

    private static int limit(Connection admin, String owner) throws SQLException {
        return Sql.of(admin, "select rolconnlimit from pg_roles where rolname = ?", owner)
                .one(row -> row.getInt(1));
    }

    /// Few statements: every change to a role lets the server look at all memberships again.
    ///
    /// @param rights what the role has afterwards; empty when one that exists stays as it is
    private static boolean ensureRole(Connection admin, DatabaseSpec desired, String role, String rights)
            throws SQLException {
        var found = TenantTag.onRole(admin, role);
        if (found.isPresent() && !found.get().equals(TenantTag.of(desired.tenant()))) return false;
        if (found.isEmpty()) {
            execute(admin, "create role " + quoted(role) + " " + rights);
            TenantTag.putOnRole(admin, role, desired.tenant());
        } else if (!rights.isEmpty()) execute(admin, "alter role " + quoted(role) + " " + rights);
        return true;
    }

    Outcome open(DatabaseSpec desired, Secret secret) {
        var server = servers.find(desired);
        if (server.isEmpty()) return TenantDatabases.missing(desired);
        try (var admin = server.get().connect()) {
            if (!ensure(admin, desired, user(secret), secret.value().getOrDefault("password", "")))
                return notOurs("role", user(secret));
            return Outcome.done(Map.of("role", user(secret), "works as", desired.name()));
        } catch (SQLException e) {
            return Refusal.of("The role " + user(secret) + " could not be opened", e);
        }
    }

    Outcome close(DatabaseSpec desired, Secret secret) {
        var login = user(secret);
        var server = servers.find(desired);
        if (server.isEmpty()) return Outcome.done(Map.of("server", NONE));
        try (var admin = server.get().connect()) {
            var found = TenantTag.onRole(admin, login);
            if (found.isEmpty()) return Outcome.done(Map.of("role", login + " was not there"));
            if (!found.get().equals(TenantTag.of(desired.tenant())))
                return Outcome.done(Map.of("role", login + " is somebody else's and was left alone"));
            execute(admin, "alter role " + quoted(login) + " nologin password null");
            return Outcome.done(Map.of("role", login, "sign-in", "refused"));
        } catch (SQLException e) {
            return Refusal.of("The role " + login + " could not be closed", e);
        }
    }

    Outcome end(DatabaseSpec desired, Secret secret, boolean now) {
        var login = user(secret);
        var server = servers.find(desired);
        if (server.isEmpty()) return Outcome.done(Map.of("server", NONE));
        try (var admin = server.get().connect()) {
            int open = now ? OpenSessions.endOf(admin, login) : sessions(admin, login);
            return open == 0
                    ? Outcome.done(Map.of("role", login, "sessions", "none"))
                    : new Outcome.NotYet(
                            open + (open == 1 ? " session" : " sessions") + " with the previous credentials still open",
                            A_MOMENT);
        } catch (SQLException e) {
            return Refusal.of("The sessions of " + login + " could not be looked at", e);
        }
    }

    private static int sessions(Connection admin, String login) throws SQLException {
        return Sql.of(admin, "select count(*) from pg_stat_activity where usename = ?", login)
                .one(row -> row.getInt(1));
    }

    private static String user(Secret secret) {
        return secret.value().getOrDefault("username", "");
    }
}
