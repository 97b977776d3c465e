package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Empty databases in which exports are tried out, each with a role that has rights nowhere else, because what a tenant
/// made runs there. They are dropped at the end; what a crash left behind has no session any more, and goes a little
/// later. They carry the tenant's tag like everything else that is made for one.
@ApplicationScoped
class ScratchDatabases implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(ScratchDatabases.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "scratch_";

    /// Between making one and signing in to it.
    private static final int SECONDS_TO_BEGIN = 120;

    private static final String NEW_NAME = """
            select '%s' || pg_catalog.date_part('epoch', pg_catalog.now())::int8 || '_'
            """.formatted(PREFIX);

    /// By names and owners, which nobody but the platform can give.
    private static final String LEFT_BEHIND = """
            select r.rolname from pg_catalog.pg_roles r
             where r.rolname ~ '^%s[0-9]{10}_[0-9a-f]{16}$' and pg_catalog.pg_has_role(r.oid, 'member')
               and pg_catalog.substr(r.rolname, 9, 10)::int8 < pg_catalog.date_part('epoch', pg_catalog.now()) - %d
               and not exists (select from pg_catalog.pg_stat_activity a where a.usesysid = r.oid)
            """.formatted(PREFIX, SECONDS_TO_BEGIN);

    private final TenantServers servers;

    @Inject
    ScratchDatabases(TenantServers servers) {
        this.servers = servers;
    }

    /// One that is open; closing it drops it.
    record Scratch(TenantServer server, String name, Connection session) implements AutoCloseable {

        @Override
        public void close() throws SQLException {
            session.close();
            try (var admin = server.connect()) {
                drop(admin, name);
            }
        }
    }

    static Scratch open(TenantServer server, UUID tenant) throws SQLException {
        var password = EphemeralPassword.next();
        try (var admin = server.connect()) {
            sweep(admin);
            var name = newName(admin);
            try {
                make(admin, tenant, name, password);
                try (var inside = server.connect(name)) {
                    execute(inside, "revoke all on schema public from public");
                    execute(inside, "grant usage, create on schema public to " + quoted(name));
                }
                var session = signIn(server, name, password);
                try {
                    // What a tenant made runs as this role and may give it a password: nobody signs in any more.
                    execute(admin, "alter role " + quoted(name) + " nologin");
                    return new Scratch(server, name, session);
                } catch (SQLException e) {
                    session.close();
                    throw e;
                }
            } catch (SQLException e) {
                drop(admin, name);
                throw e;
            }
        }
    }

    @Override
    public String name() {
        return "scratch-databases";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void run() {
        for (var server : servers.running())
            try (var admin = server.connect()) {
                sweep(admin);
            } catch (SQLException e) {
                LOG.warnf(
                        "scratch databases left behind on %s:%d stay: %s",
                        server.host(), server.port(), e.getMessage());
            }
    }

    private static void make(Connection admin, UUID tenant, String name, EphemeralPassword password)
            throws SQLException {
        var verifier = literal(password.verifier());
        Sql.inTransaction(admin, () -> {
            execute(admin, "create role " + quoted(name) + " login connection limit 2 password " + verifier);
            TenantTag.putOnRole(admin, name, tenant);
            return true;
        });
        TenantServer.executePatiently(
                admin,
                "create database " + quoted(name)
                        + " template template0 encoding 'UTF8' connection limit 3 allow_connections false");
        // Before anybody comes in: other tenants can read its name, and what is granted to everybody will be in it.
        Sql.inTransaction(admin, () -> {
            TenantTag.putOnDatabase(admin, name, tenant);
            execute(admin, "revoke all on database " + quoted(name) + " from public");
            execute(admin, "grant connect, create on database " + quoted(name) + " to " + quoted(name));
            DatabaseSql.allowConnections(admin, name, true);
            return true;
        });
    }

    /// Statements go as they are: the driver would take some that PostgreSQL understands apart.
    private static Connection signIn(TenantServer server, String name, EphemeralPassword password) throws SQLException {
        var properties = SessionStart.of(new Login(name, password.text()), TenantServer.PATIENT);
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("ApplicationName", "autostack-trial-import");
        return server.connect(name, properties);
    }

    private static void sweep(Connection admin) throws SQLException {
        for (var name : Sql.of(admin, LEFT_BEHIND).texts()) {
            LOG.infof("dropping the scratch database %s, which nobody uses any more", name);
            drop(admin, name);
        }
    }

    private static void drop(Connection admin, String name) throws SQLException {
        DatabaseSql.drop(admin, name);
        execute(admin, "drop role if exists " + quoted(name));
    }

    private static String newName(Connection admin) throws SQLException {
        return Sql.of(admin, NEW_NAME).one(row -> row.getString(1)) + String.format("%016x", RANDOM.nextLong());
    }
}
