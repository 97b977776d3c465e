package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.quoted;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/// The prepared database that every new tenant database is copied from: migrated once for each schema version, never
/// connected to again, so that a copy never meets an open session.
@ApplicationScoped
class TenantTemplate {

    /// Owns everything inside the template and nothing else, so that ownership can be handed over as a whole.
    static final String OWNER = "autostack_template";

    private static final Logger LOG = Logger.getLogger(TenantTemplate.class);
    private static final long BUILDING = 0x6175746f73746163L;

    private final TenantServer shared;
    private final Map<TenantServer, String> ready = Collections.synchronizedMap(new WeakHashMap<>());

    @Inject
    TenantTemplate(TenantServer shared) {
        this.shared = shared;
    }

    /// The template's database name on this server; built first if this schema version has none yet.
    String ensure(TenantServer server) throws SQLException {
        var known = ready.get(server);
        if (known != null) return known;
        try (var admin = server.connect()) {
            execute(admin, "select pg_advisory_lock(" + BUILDING + ")");
            try {
                var name = "autostack_template_v" + newestVersion();
                if (!exists(admin, "select 1 from pg_database where datname = '" + name + "'"))
                    build(server, admin, name);
                ready.put(server, name);
                return name;
            } finally {
                execute(admin, "select pg_advisory_unlock(" + BUILDING + ")");
            }
        }
    }

    private void build(TenantServer server, Connection admin, String name) throws SQLException {
        LOG.infof("preparing the template database %s", name);
        if (!exists(admin, "select 1 from pg_roles where rolname = '" + OWNER + "'"))
            execute(admin, "create role " + OWNER + " nologin");
        var half = name + "_building";
        execute(admin, "drop database if exists " + quoted(half));
        execute(admin, "create database " + quoted(half) + " template template0 encoding 'UTF8'");
        execute(admin, "revoke all on database " + quoted(half) + " from public");
        execute(admin, "grant create, connect on database " + quoted(half) + " to " + OWNER);
        flyway(server, half).migrate();
        try (var inside = server.connect(half)) {
            execute(inside, "revoke all on schema public from public");
        }
        execute(admin, "alter database " + quoted(half) + " with allow_connections false");
        execute(admin, "alter database " + quoted(half) + " rename to " + quoted(name));
    }

    String newestVersion() {
        var all = flyway(shared, "postgres").info().all();
        return all[all.length - 1].getVersion().getVersion();
    }

    private static Flyway flyway(TenantServer server, String database) {
        return Flyway.configure()
                .dataSource(server.url(database), server.user(), server.password())
                .initSql(database.equals("postgres") ? "select 1" : "set role " + OWNER)
                .locations("classpath:db/tenant")
                .defaultSchema("autostack")
                .createSchemas(true)
                .load();
    }

    static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
