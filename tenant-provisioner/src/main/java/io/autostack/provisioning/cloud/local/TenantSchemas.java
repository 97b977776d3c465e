package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.quoted;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseWanted;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.SchemaVersions;
import io.autostack.provisioning.cloud.local.ClosedDoor.Door;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/// Moves the schema of tenants' databases on, as the role that owns each of them.
@ApplicationScoped
class TenantSchemas {

    /// Rather not yet than in front of a tenant's own work: whatever waits for a lock blocks those behind it.
    private static final String PATIENCE = "set lock_timeout = '3s'; set statement_timeout = '30min'";

    private static final String IN_USE = "a table is in use by the tenant";
    private static final String CLOSED = "the database takes no connections";
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final TenantServers servers;
    private final TenantTemplate template;
    private final SchemaFiles files;
    private final ClosedDoor closedDoor;

    @Inject
    TenantSchemas(TenantServers servers, TenantTemplate template, SchemaFiles files, ClosedDoor closedDoor) {
        this.servers = servers;
        this.template = template;
        this.files = files;
        this.closedDoor = closedDoor;
    }

    SchemaVersions versions() {
        return files.versions();
    }

    String firstVersion() {
        return template.firstVersion();
    }

    void beginAt(String version) {
        try {
            template.beginAt(version);
        } catch (SQLException refused) {
            throw new IllegalStateException("the template of version " + version + " could not be put up", refused);
        }
    }

    Outcome prepare(String version) {
        if (unusable(version).isPresent()) return unusable(version).get();
        try {
            return Outcome.done(Map.of("template", template.ensure(servers.shared(), version)));
        } catch (UnfitSchema unfit) {
            return new Outcome.Failed(unfit.getMessage() + " No tenant was touched. Mend the file, then resume.");
        } catch (SQLException refused) {
            throw new IllegalStateException("the template of version " + version + " could not be made", refused);
        }
    }

    SchemaReading read(DatabaseWanted wanted, boolean open) {
        try {
            var door = door(wanted);
            if (door.isEmpty()) return new SchemaReading.Missing(missing(wanted));
            if (door.get().closed() && !open) return new SchemaReading.NotNow(CLOSED);
            var server = door.get().server();
            // Without the tenant's turn nobody goes through a door that was closed just now.
            try (var inside = open ? closedDoor.connect(server, wanted.name()) : server.connect(wanted.name())) {
                return Fingerprint.of(inside);
            }
        } catch (SQLException refused) {
            if (SchemaProblems.TABLE_IN_USE.equals(refused.getSQLState())) return new SchemaReading.NotNow(IN_USE);
            throw new IllegalStateException("the schema of " + wanted.name() + " could not be read", refused);
        }
    }

    Outcome migrate(DatabaseWanted wanted, String version) {
        if (unusable(version).isPresent()) return unusable(version).get();
        try {
            var door = door(wanted);
            return door.isEmpty() ? new Outcome.Failed(missing(wanted)) : migrate(door.get(), version);
        } catch (SQLException refused) {
            throw new IllegalStateException("the schema of " + wanted.name() + " could not be migrated", refused);
        }
    }

    private Optional<Door> door(DatabaseWanted wanted) throws SQLException {
        var server = servers.find(wanted);
        return server.isEmpty()
                ? Optional.empty()
                : ClosedDoor.find(server.get(), wanted.name()).filter(found -> found.belongsTo(wanted.tenant()));
    }

    private Outcome migrate(Door door, String version) throws SQLException {
        var server = door.server();
        try (var session = closedDoor.connect(server, door.database(), TenantServer::connectPatiently)) {
            var made = files.flyway(server, door.database(), "set role " + quoted(door.owner()) + "; " + PATIENCE)
                    .dataSource(OneSession.of(session))
                    .target(version)
                    .lockRetryCount(5)
                    .load()
                    .migrate();
            return Outcome.done(Map.of(
                    "database", door.database(),
                    "owner", door.owner(),
                    "migrations", Integer.toString(made.migrationsExecuted)));
        } catch (FlywayException unfit) {
            if (SchemaProblems.isOutage(unfit)) throw unfit;
            if (SchemaProblems.isBusy(unfit)) return new Outcome.NotYet(IN_USE, AGAIN);
            return new Outcome.Failed("The migration to version " + version + " does not fit this tenant: "
                    + SchemaProblems.sentence(unfit)
                    + " Its database is as it was before that file. Mend what stands in the way, then retry.");
        }
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

    private static String missing(DatabaseWanted wanted) {
        return "There is no database " + wanted.name() + " of this tenant. Restore it, then retry.";
    }
}
