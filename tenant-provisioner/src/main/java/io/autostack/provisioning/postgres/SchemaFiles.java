package io.autostack.provisioning.postgres;

import io.autostack.provisioning.cloud.SchemaVersions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/// The migrations of tenants' databases: those that come with the product, and those in the operator's folder.
@ApplicationScoped
class SchemaFiles {

    private final TenantServers servers;
    private final Optional<Path> folder;
    private volatile @Nullable Read last;

    @Inject
    SchemaFiles(TenantServers servers, @ConfigProperty(name = "autostack.tenants.migrations") Optional<Path> folder) {
        this.servers = servers;
        this.folder = folder.map(Path::toAbsolutePath);
    }

    /// What Flyway made of files. Asking it takes sessions on the server, so it is asked when a file has changed.
    private record Read(Map<String, String> files, SchemaVersions.Known versions) {}

    SchemaVersions versions() {
        if (folder.isPresent() && !Files.isDirectory(folder.get()))
            return new SchemaVersions.Unusable("There is no folder " + folder.get()
                    + ". Make it, or take away the setting autostack.tenants.migrations.");
        var files = files();
        var before = last;
        if (before != null && files.filter(before.files()::equals).isPresent()) return before.versions();
        var versions = read();
        last = files.isPresent() && versions instanceof SchemaVersions.Known known
                ? new Read(files.get(), known)
                : null;
        return versions;
    }

    /// By path, what changes whenever somebody writes to it; empty when somebody is at it.
    private Optional<Map<String, String>> files() {
        if (folder.isEmpty()) return Optional.of(Map.of());
        try (var all = Files.walk(folder.get())) {
            var files = new HashMap<String, String>();
            for (var file : all.filter(Files::isRegularFile).toList())
                files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
            return Optional.of(files);
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }

    private SchemaVersions read() {
        try {
            var shared = servers.shared();
            return new SchemaVersions.Known(Arrays.stream(configuration()
                            .dataSource(
                                    shared.url("postgres"),
                                    shared.login().user(),
                                    shared.login().password())
                            .load()
                            .info()
                            .all())
                    .filter(migration -> migration.getVersion() != null)
                    .map(SchemaFiles::version)
                    .toList());
        } catch (FlywayException e) {
            if (SchemaProblems.isOutage(e)) throw e;
            return new SchemaVersions.Unusable("The files of the tenants' schema cannot be used: "
                    + SchemaProblems.sentence(e) + " Mend or remove them; the good ones are called"
                    + " V<version>__<what>.sql.");
        }
    }

    /// The oldest first.
    List<SchemaVersions.Version> known() {
        return switch (versions()) {
            case SchemaVersions.Known(var versions) -> versions;
            case SchemaVersions.Unusable(var reason) -> throw new UnfitSchema(reason);
        };
    }

    /// Brings a database to this version.
    ///
    /// @param history a session of the platform's role inside it, for Flyway's own table
    /// @param notes another one, which commits by itself
    /// @param migrations a session with the rights of whom everything inside belongs to
    /// @return how many migrations that took
    int migrate(Connection history, Connection notes, Connection migrations, String version) throws SQLException {
        SchemaHistory.prepare(notes);
        int made = configuration()
                .dataSource(TwoSessions.of(history, migrations))
                .callbacks(SchemaHistory.attempts(notes))
                .target(version)
                .lockRetryCount(5)
                .load()
                .migrate()
                .migrationsExecuted;
        SchemaHistory.repair(notes);
        return made;
    }

    /// An older installation's database goes on from the version that it says it has.
    void begin(Connection platform, String version) throws SQLException {
        SchemaHistory.prepare(platform);
        if (version.equals("0")) return;
        configuration()
                .dataSource(TwoSessions.of(platform, platform))
                .baselineVersion(version)
                .baselineDescription("taken over")
                .load()
                .baseline();
        SchemaHistory.repair(platform);
    }

    private FluentConfiguration configuration() {
        var locations = new ArrayList<>(List.of("classpath:db/tenant"));
        folder.ifPresent(path -> locations.add("filesystem:" + path));
        return Flyway.configure()
                .locations(locations.toArray(String[]::new))
                .validateMigrationNaming(true)
                .defaultSchema(SchemaHistory.SCHEMA)
                .createSchemas(false);
    }

    private static SchemaVersions.Version version(MigrationInfo migration) {
        return new SchemaVersions.Version(
                migration.getVersion().getVersion(), Objects.requireNonNullElse(migration.getDescription(), ""));
    }
}
