package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Sessions inside tenants' databases. What a tenant made may run in them on any road there is, so each signs
/// in as a login made for it, which may do what the tenant's role may and nothing else: to reset the role leads
/// nowhere. The login goes when the session ends; one that a crash left behind cannot sign in after a while,
/// and is swept away.
@ApplicationScoped
class TenantSessions {

    static final String PREFIX = "autostack_session_";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration TO_SIGN_IN = Duration.ofMinutes(10);
    /// A program may begin another session while the server has not noticed the end of its last one.
    private static final int LENT = 2;

    private static final String STILL_NEEDED = "2BP01";
    private static final String NO_SUCH_ROLE = "42704";

    /// What was left behind: too old to sign in, and nobody is. No work of ours takes a day: who is there by then
    /// came in with another password.
    private static final String LEFT_BEHIND = """
            select rolname from pg_roles r
             where starts_with(rolname, '%s') and rolvaliduntil < now()
               and (rolvaliduntil < now() - interval '1 day'
                    or not exists (select from pg_stat_activity a where a.usesysid = r.oid))
            """.formatted(PREFIX);

    /// Where a login owns something: a tenant's code made it while it was nobody but that login.
    private static final String BELONGINGS = """
            select distinct d.datname from pg_shdepend s join pg_database d on d.oid = s.dbid
             where s.refclassid = 'pg_authid'::regclass and s.refobjid = (select oid from pg_roles where rolname = ?)
            """;

    private static final String ENTRANCES = """
            select d.datname from pg_database d, aclexplode(d.datacl) a
             where a.grantee = (select oid from pg_roles where rolname = ?)
            """;

    private static final String SELF_GRANTED = """
            select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid
             where m.member = (select oid from pg_roles where rolname = current_user) and m.grantor = m.member
               and r.rolname <> ?
             limit 500
            """;

    /// What is done with a login that the caller hands on to a program.
    interface Work<T> {
        T with(Login login) throws SQLException;
    }

    Connection open(TenantServer server, String database) throws SQLException {
        return open(server, database, TenantServer.USUAL);
    }

    /// For statements that read or copy whole tables.
    Connection openPatiently(TenantServer server, String database) throws SQLException {
        return open(server, database, TenantServer.PATIENT);
    }

    /// Whether the database takes connections or not; it is afterwards as it was.
    Connection open(TenantServer server, String database, Duration longest) throws SQLException {
        var login = next(database);
        try (var admin = server.connect()) {
            create(admin, login, database, 1);
            try {
                var session = MaintenanceAccess.enter(
                        server, admin, database, login.user(), () -> server.connect(database, login, longest));
                return closing(session, () -> drop(server, login.user()));
            } catch (SQLException | RuntimeException e) {
                drop(server, admin, login.user());
                throw e;
            }
        }
    }

    /// A database that is closed takes this login, and no other, as long as the work takes; of one that is open
    /// nobody else is kept out.
    <T> T lend(TenantServer server, String database, Work<T> work) throws SQLException {
        var login = next(database);
        try (var admin = server.connect()) {
            create(admin, login, database, LENT);
        }
        try {
            if (MaintenanceAccess.find(server, database)
                    .filter(MaintenanceAccess.Access::closed)
                    .isEmpty()) return work.with(login);
            try (var admin = server.connect()) {
                return MaintenanceAccess.enter(server, admin, database, login.user(), () -> work.with(login));
            }
        } finally {
            drop(server, login.user());
        }
    }

    /// Takes logins away that a crash left behind.
    ///
    /// @return how many
    int sweep(TenantServer server) throws SQLException {
        try (var admin = server.connect()) {
            var left = Sql.of(admin, LEFT_BEHIND).texts();
            for (var login : left) drop(server, admin, login);
            return left.size();
        }
    }

    /// Older installations let the platform's role into each tenant's role for good. It leaves them, some at a
    /// time.
    static void leaveRoles(TenantServer server) throws SQLException {
        try (var admin = server.connect()) {
            for (var role : Sql.of(admin, SELF_GRANTED, TenantTemplate.OWNER).texts())
                execute(admin, "revoke " + quoted(role) + " from current_user granted by current_user");
        }
    }

    private static Login next(String database) {
        var name = new byte[12];
        RANDOM.nextBytes(name);
        return new Login(
                PREFIX + HexFormat.of().formatHex(name),
                EphemeralPassword.next().text(),
                Optional.of(database));
    }

    /// The tenant's role has the database's name. No session but those that are needed: code of the tenant's that
    /// runs in one may set another password.
    private static void create(Connection admin, Login login, String database, int sessions) throws SQLException {
        var until = Sql.of(
                        admin,
                        "select (now() + interval '" + TO_SIGN_IN.toSeconds() + " seconds')::timestamptz(0)::text")
                .one(row -> row.getString(1));
        execute(
                admin,
                "create role " + quoted(login.user()) + " login password "
                        + literal(new EphemeralPassword(login.password()).verifier()) + " valid until " + literal(until)
                        + " connection limit " + sessions + " in role " + quoted(database));
    }

    private static void drop(TenantServer server, String login) throws SQLException {
        try (var admin = server.connect()) {
            drop(server, admin, login);
        }
    }

    private static void drop(TenantServer server, Connection admin, String login) throws SQLException {
        try {
            end(admin, login);
        } catch (SQLException e) {
            if (NO_SUCH_ROLE.equals(e.getSQLState())) return;
            if (!STILL_NEEDED.equals(e.getSQLState())) throw e;
            for (var database : Sql.of(admin, BELONGINGS, login).texts()) giveBack(server, admin, database, login);
            for (var database : Sql.of(admin, ENTRANCES, login).texts())
                execute(admin, "revoke all on database " + quoted(database) + " from " + quoted(login));
            end(admin, login);
        }
    }

    /// A tenant's code that ran in the session may have given the login a password of its own, and a session
    /// outlives its login: whoever is there by then is sent away. One transaction and one round trip.
    private static void end(Connection admin, String login) throws SQLException {
        execute(
                admin,
                "grant " + quoted(login) + " to current_user; "
                        + "select pg_terminate_backend(pid) from pg_stat_activity where usename = " + literal(login)
                        + "; drop role " + quoted(login));
    }

    private static void giveBack(TenantServer server, Connection admin, String database, String login)
            throws SQLException {
        MaintenanceAccess.enter(server, admin, database, server.user(), () -> {
            try (var inside = server.connect(database)) {
                new OwnershipReassignment(List.of(login), database).inside(inside);
                return true;
            }
        });
    }

    /// What comes after the end of a session.
    private interface End {
        void make() throws SQLException;
    }

    private static Connection closing(Connection session, End end) {
        return (Connection) Proxy.newProxyInstance(
                TenantSessions.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        try {
                            return method.invoke(session, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    if (session.isClosed()) return null;
                    try (var ended = session) {
                        return null;
                    } finally {
                        end.make();
                    }
                });
    }
}
