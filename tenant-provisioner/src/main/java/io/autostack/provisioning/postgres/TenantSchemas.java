package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.provisioning.cloud.Schemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/// Moves the schema of tenants' databases on, as the role that owns each of them.
@ApplicationScoped
public class TenantSchemas implements Schemas {

    /// Rather not yet than in front of a tenant's own work: whatever waits for a lock blocks those behind it.
    private static final String PATIENCE = "set lock_timeout = '3s'; set statement_timeout = '30min'";

    private static final String IN_USE = "a table is in use by the tenant";
    private static final String FULL = "all of its connections are in use";
    private static final String CLOSED = "the database takes no connections";
    private static final String RESTS = "the server is stopped, or not there yet";
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final TenantServers servers;
    private final TenantTemplate template;
    private final SchemaFiles files;
    private final TenantSessions sessions;

    @Inject
    TenantSchemas(TenantServers servers, TenantTemplate template, SchemaFiles files, TenantSessions sessions) {
        this.servers = servers;
        this.template = template;
        this.files = files;
        this.sessions = sessions;
    }

    @Override
    public SchemaVersions schemaVersions() {
        return files.versions();
    }

    @Override
    public String baselineVersion() {
        return template.firstVersion();
    }

    @Override
    public void setBaselineVersion(String version) {
        try {
            template.beginAt(version);
        } catch (SQLException e) {
            throw new IllegalStateException("the template of version " + version + " could not be put up", e);
        }
    }

    @Override
    public Outcome prepareSchema(String version) {
        if (unusable(version).isPresent()) return unusable(version).get();
        try {
            return Outcome.done(Map.of("template", template.ensure(servers.shared(), version)));
        } catch (UnfitSchema e) {
            return new Outcome.Failed(e.getMessage() + " No tenant was touched. Mend the file, then resume.");
        } catch (SQLException e) {
            throw new IllegalStateException("the template of version " + version + " could not be made", e);
        }
    }

    @Override
    public SchemaReading readSchema(DatabaseSpec desired, boolean open) {
        try {
            var server = open ? servers.find(desired) : servers.glance(desired);
            if (server.isEmpty() && !open && servers.findAddress(desired).isPresent())
                return new SchemaReading.NotNow(RESTS);
            var access = access(desired, server);
            if (access.isEmpty()) return new SchemaReading.Missing(missing(desired));
            if (access.get().closed() && !open) return new SchemaReading.NotNow(CLOSED);
            try (var inside = sessions.open(access.get().server(), desired.name())) {
                return Fingerprint.of(inside);
            }
        } catch (SQLException e) {
            if (SchemaProblems.TABLE_IN_USE.equals(e.getSQLState())) return new SchemaReading.NotNow(IN_USE);
            if (Refusal.TOO_MANY_CONNECTIONS.equals(e.getSQLState())) return new SchemaReading.NotNow(FULL);
            if (Refusal.isForGood(e)) return new SchemaReading.NotNow(Refusal.sentence(e));
            throw new IllegalStateException("the schema of " + desired.name() + " could not be read", e);
        }
    }

    @Override
    public Outcome migrateSchema(DatabaseSpec desired, String version) {
        if (unusable(version).isPresent()) return unusable(version).get();
        try {
            var access = access(desired);
            return access.isEmpty() ? new Outcome.Failed(missing(desired)) : migrate(access.get(), version);
        } catch (SQLException e) {
            return Refusal.of("The schema of " + desired.name() + " could not be migrated", e);
        }
    }

    private Optional<MaintenanceAccess.Access> access(DatabaseSpec desired) throws SQLException {
        return access(desired, servers.find(desired));
    }

    private static Optional<MaintenanceAccess.Access> access(DatabaseSpec desired, Optional<TenantServer> server)
            throws SQLException {
        return server.isEmpty()
                ? Optional.empty()
                : MaintenanceAccess.find(server.get(), desired.name())
                        .filter(found -> found.belongsTo(desired.tenant()));
    }

    private Outcome migrate(MaintenanceAccess.Access access, String version) throws SQLException {
        try (var history = platform(access);
                var notes = platform(access);
                var session = sessions.openPatiently(access.server(), access.database())) {
            var obstacle = takeHistoryOver(notes, session, access.database());
            if (obstacle.isPresent()) return new Outcome.Failed(obstacle.get());
            execute(session, PATIENCE);
            int made = files.migrate(history, notes, session, version);
            return Outcome.done(Map.of(
                    "database", access.database(),
                    "owner", access.database(),
                    "migrations", Integer.toString(made)));
        } catch (FlywayException e) {
            if (SchemaProblems.isOutage(e)) throw e;
            if (SchemaProblems.isBusy(e)) return new Outcome.NotYet(IN_USE, AGAIN);
            return new Outcome.Failed("The migration to version " + version + " does not fit this tenant: "
                    + SchemaProblems.sentence(e)
                    + " Its database is as it was before that file. Mend what stands in the way, then retry.");
        }
    }

    private static Connection platform(MaintenanceAccess.Access access) throws SQLException {
        var server = access.server();
        try (var admin = server.connect()) {
            return MaintenanceAccess.enter(
                    server,
                    admin,
                    access.database(),
                    server.user(),
                    () -> server.connect(access.database(), server.login(), TenantServer.PATIENT));
        }
    }

    /// Older installations kept the history where the tenant could write it. What it says is asked as the
    /// tenant; then the platform begins one of its own.
    private Optional<String> takeHistoryOver(Connection platform, Connection session, String database)
            throws SQLException {
        if (SchemaHistory.isPlatforms(platform)) return Optional.empty();
        var others = Sql.of(session, """
                select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = '%s' and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
                   and c.relname <> 'flyway_schema_history'
                """.formatted(SchemaHistory.SCHEMA)).exists();
        if (others)
            return Optional.of("The schema " + SchemaHistory.SCHEMA + " in " + database
                    + " is kept for the platform, and holds something of the application. Move that to another schema,"
                    + " then retry.");
        var version = SchemaHistory.version(session);
        execute(session, "drop schema " + SchemaHistory.SCHEMA + " cascade");
        files.begin(platform, version);
        return Optional.empty();
    }

    private Optional<Outcome> unusable(String version) {
        return switch (files.versions()) {
            case SchemaVersions.Unusable(var reason) -> Optional.of(new Outcome.Failed(reason));
            case SchemaVersions.Known(var versions) ->
                versions.stream().anyMatch(known -> known.number().equals(version))
                        ? Optional.empty()
                        : Optional.of(new Outcome.Failed("There is no file for version " + version
                                + " any more. Put it back into the folder of migrations, then retry."));
        };
    }

    private static String missing(DatabaseSpec desired) {
        return "There is no database " + desired.name() + " of this tenant. Restore it, then retry.";
    }
}
