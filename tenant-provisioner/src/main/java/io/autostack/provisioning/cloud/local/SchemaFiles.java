package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.SchemaVersions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// The migrations of tenants' databases: those that come with the product, and those in the operator's folder.
@ApplicationScoped
class SchemaFiles {

    static final String HISTORY = "autostack";

    private final TenantServer shared;
    private final Optional<Path> folder;

    @Inject
    SchemaFiles(TenantServer shared, @ConfigProperty(name = "autostack.tenants.migrations") Optional<Path> folder) {
        this.shared = shared;
        this.folder = folder.map(Path::toAbsolutePath);
    }

    SchemaVersions versions() {
        if (folder.isPresent() && !Files.isDirectory(folder.get()))
            return new SchemaVersions.Unusable("There is no folder " + folder.get()
                    + ". Make it, or take away the setting autostack.tenants.migrations.");
        try {
            return new SchemaVersions.Known(Arrays.stream(
                            flyway(shared, "postgres", "select 1").load().info().all())
                    .filter(migration -> migration.getVersion() != null)
                    .map(SchemaFiles::version)
                    .toList());
        } catch (FlywayException unusable) {
            if (SchemaProblems.isOutage(unusable)) throw unusable;
            return new SchemaVersions.Unusable("The files of the tenants' schema cannot be used: "
                    + SchemaProblems.sentence(unusable) + " Mend or remove them; the good ones are called"
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

    /// @param first what each of its sessions begins with
    FluentConfiguration flyway(TenantServer server, String database, String first) {
        var locations = new ArrayList<>(List.of("classpath:db/tenant"));
        folder.ifPresent(path -> locations.add("filesystem:" + path));
        return Flyway.configure()
                .dataSource(server.url(database), server.user(), server.password())
                .initSql(first)
                .locations(locations.toArray(String[]::new))
                .validateMigrationNaming(true)
                .defaultSchema(HISTORY)
                .createSchemas(true);
    }

    private static SchemaVersions.Version version(MigrationInfo migration) {
        return new SchemaVersions.Version(
                migration.getVersion().getVersion(), Objects.requireNonNullElse(migration.getDescription(), ""));
    }
}
