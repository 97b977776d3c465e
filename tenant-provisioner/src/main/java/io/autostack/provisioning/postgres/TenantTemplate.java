package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.SchemaReading;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The prepared database that every new tenant database is copied from: migrated once for each schema version,
/// never connected to again, so that a copy never meets an open session.
@ApplicationScoped
public class TenantTemplate {

    /// Owns everything inside the template and nothing else, so that ownership can be handed over as a whole.
    static final String OWNER = "autostack_template";

    private static final Logger LOG = Logger.getLogger(TenantTemplate.class);
    private static final long BUILDING = 0x6175746f73746163L;
    private static final String PREFIX = "autostack_template_v";
    private static final String HALF = "_building";

    /// Templates of an older layout, in which the history belonged to the tenant, are not copied any more.
    public static final String LAYOUT = "-2";

    private final TenantServers servers;
    private final SchemaFiles files;
    private final FirstVersion first;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, SchemaReading.Observed> readings = new ConcurrentHashMap<>();

    @Inject
    TenantTemplate(TenantServers servers, SchemaFiles files, FirstVersion first) {
        this.servers = servers;
        this.files = files;
        this.first = first;
    }

    /// The version that new databases begin at.
    public String firstVersion() {
        return first.get(() -> files.known().getLast().number());
    }

    /// The database name of the template for new tenants on this server; built first if there is none yet.
    String ensure(TenantServer server) throws SQLException {
        return ensure(server, firstVersion());
    }

    /// The same for a version of the tenants' schema.
    public String ensure(TenantServer server, String version) throws SQLException {
        var name = name(version);
        if (seen.contains(server.url(name))) return name;
        try (var admin = apart(server)) {
            if (!isThere(admin, name))
                alone(admin, () -> {
                    if (!isThere(admin, name)) build(server, admin, name, version);
                });
            seen.add(server.url(name));
            return name;
        }
    }

    /// The tenant schema, for one database.
    DatabaseSource baseline() {
        return new DatabaseSource() {

            private @Nullable String copied;

            @Override
            public String database(TenantServer server) throws SQLException {
                copied = ensure(server);
                return copied;
            }

            @Override
            public Map<String, String> handOver(Connection inside, String role) throws SQLException {
                TenantTemplate.handOver(inside, role);
                var schema = copied == null ? Fingerprint.of(inside) : TenantTemplate.this.read(copied, inside);
                return Map.of("schema.version", schema.version(), "schema.fingerprint", schema.fingerprint());
            }
        };
    }

    /// What is inside a copy of the template becomes the tenant's. Nobody else was inside yet, and nothing in
    /// it is a tenant's. The history of its schema stays the platform's.
    static void handOver(Connection inside, String role) throws SQLException {
        Sql.inTransaction(inside, () -> {
            var acting = new ActingFor(inside);
            acting.begin(role);
            execute(inside, "reassign owned by " + OWNER + " to " + quoted(role));
            DatabaseOwnership.givePublic(inside, role);
            acting.end();
            return true;
        });
    }

    /// The same for a database that is empty.
    static void givePublic(Connection inside, String role) throws SQLException {
        Sql.inTransaction(inside, () -> {
            var acting = new ActingFor(inside);
            acting.begin(role);
            if (Sql.of(inside, "select from pg_namespace where nspname = 'public'")
                    .exists()) execute(inside, "revoke all on schema public from public");
            DatabaseOwnership.givePublic(inside, role);
            acting.end();
            return true;
        });
    }

    /// It was not there: it is looked for again the next time.
    void forget(TenantServer server) {
        seen.removeIf(url -> url.startsWith(server.url(PREFIX)));
        readings.clear();
    }

    /// The schema of a database that was copied from the template just now. All of its copies have the same, so
    /// it is read once.
    SchemaReading.Observed read(String template, Connection inside) throws SQLException {
        var known = readings.get(template);
        if (known != null) return known;
        var found = Fingerprint.of(inside);
        readings.put(template, found);
        return found;
    }

    /// New databases are copied from the template of this version; the others go. One that is being copied
    /// stays until the next time. A dedicated server gets its new template when it is needed there.
    void beginAt(String version) throws SQLException {
        var shared = servers.shared();
        ensure(shared, version);
        first.set(version);
        try (var admin = apart(shared)) {
            alone(admin, () -> {
                for (var old : others(admin, name(version))) {
                    LOG.infof("dropping the template database %s", old);
                    try {
                        execute(admin, "drop database if exists " + quoted(old));
                    } catch (SQLException e) {
                        LOG.infof("the template database %s is in use and stays: %s", old, e.getMessage());
                    }
                }
            });
        }
    }

    /// Not one of the pool's: who asks for the template holds one of those already, and as many as there are
    /// would wait for each other.
    private static Connection apart(TenantServer server) throws SQLException {
        return server.connect("postgres");
    }

    private static List<String> others(Connection admin, String name) throws SQLException {
        return Sql.of(
                        admin,
                        "select datname from pg_database where starts_with(datname, ?) and datname <> ?",
                        PREFIX,
                        name)
                .texts();
    }

    /// Work on templates.
    private interface Work {
        void run() throws SQLException;
    }

    /// No other replica works on templates meanwhile.
    private static void alone(Connection admin, Work work) throws SQLException {
        execute(admin, "select pg_advisory_lock(" + BUILDING + ")");
        try {
            work.run();
        } finally {
            execute(admin, "select pg_advisory_unlock(" + BUILDING + ")");
        }
    }

    private void build(TenantServer server, Connection admin, String name, String version) throws SQLException {
        LOG.infof("preparing the template database %s", name);
        if (!Sql.of(admin, "select 1 from pg_roles where rolname = ?", OWNER).exists())
            execute(admin, "create role " + OWNER + " nologin");
        // It owns what is inside templates and nothing else.
        execute(admin, "grant " + OWNER + " to current_user with inherit true, set true");
        var half = name + HALF;
        execute(admin, "drop database if exists " + quoted(half));
        // Closed until nobody else may come in: nothing can be copied while a stranger is inside.
        execute(
                admin,
                "create database " + quoted(half) + " template template0 encoding 'UTF8' allow_connections false");
        execute(admin, "revoke all on database " + quoted(half) + " from public");
        execute(admin, "grant create, connect on database " + quoted(half) + " to " + OWNER);
        DatabaseSql.allowConnections(admin, half, true);
        try (var history = server.connect(half);
                var notes = server.connect(half);
                var session = server.connect(half, server.login().as(OWNER), TenantServer.USUAL)) {
            execute(history, "revoke all on schema public from public");
            files.migrate(history, notes, session, version);
        } catch (FlywayException e) {
            if (SchemaProblems.isOutage(e)) throw e;
            throw new UnfitSchema(
                    "Version " + version + " does not even fit an empty database: " + SchemaProblems.sentence(e), e);
        }
        DatabaseSql.allowConnections(admin, half, false);
        execute(admin, "alter database " + quoted(half) + " rename to " + quoted(name));
    }

    private static String name(String version) {
        return PREFIX + version + LAYOUT;
    }

    private static boolean isThere(Connection admin, String name) throws SQLException {
        return Sql.of(admin, "select 1 from pg_database where datname = ?", name)
                .exists();
    }
}
