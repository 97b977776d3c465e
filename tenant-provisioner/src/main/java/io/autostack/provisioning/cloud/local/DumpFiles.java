package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.postgres.Login;
import io.autostack.provisioning.postgres.PgDump;
import io.autostack.provisioning.postgres.TenantServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Snapshots as files in pg_dump's own format, readable by this user alone. A file under its final name is complete.
/// The program signs in with the rights of the snapshot's own role and knows nothing else of the platform.
@ApplicationScoped
class DumpFiles {

    private static final Duration TO_WRITE = Duration.ofMinutes(30);
    private static final long KEPT_FREE = 256L * 1024 * 1024;
    private static final String DUMP = ".dump";
    private static final String HALF = ".half";

    /// Nothing that a program could take for an option, a path or a connection string.
    private static final Pattern SNAPSHOT = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final PgDump program;
    private final Path folder;

    @Inject
    DumpFiles(
            @ConfigProperty(name = "autostack.cloud.local.pg-dump", defaultValue = "pg_dump") String program,
            @ConfigProperty(name = "autostack.home") Path home) {
        this.program = new PgDump(program);
        this.folder = home.resolve("backups").toAbsolutePath();
    }

    /// Empty when the program is there and of the server's major version.
    Optional<String> whyNot(Connection admin) throws SQLException {
        return program.whyNot(admin);
    }

    /// @param login may read the snapshot as its role
    /// @return what a person reads about the file
    String write(TenantServer server, UUID tenant, String snapshot, Login login) {
        if (!SNAPSHOT.matcher(snapshot).matches())
            throw new IllegalArgumentException("a snapshot cannot be called " + snapshot);
        try {
            var half = begin(tenant, snapshot);
            try {
                var answer = program.file(TO_WRITE, server, snapshot, login, this::obstacle, half.toString());
                if (answer.code() != 0) throw new IllegalStateException("pg_dump failed: " + answer.said());
                try (var written = FileChannel.open(half, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                var file = here(tenant).resolve(name(snapshot));
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
                return file + ", " + Files.size(file) + " bytes";
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file of " + snapshot + " could not be written", e);
        }
    }

    /// An empty file to write into. What operations of the tenant that were cut off left goes first: they take turns.
    private Path begin(UUID tenant, String snapshot) throws IOException {
        var onlyOurs = PosixFilePermissions.fromString("rwx------");
        for (var place : List.of(folder, here(tenant))) {
            Files.createDirectories(place, PosixFilePermissions.asFileAttribute(onlyOurs));
            Files.setPosixFilePermissions(place, onlyOurs);
        }
        for (var name : names(tenant))
            if (name.endsWith(HALF)) Files.deleteIfExists(here(tenant).resolve(name));
        var half = here(tenant).resolve(snapshot + HALF);
        if (obstacle().isPresent()) throw new IllegalStateException("the disk of the backups is full");
        return Files.createFile(
                half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /// The disk is everybody's: a tenant's data fill it no further than this.
    private Optional<String> obstacle() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() < KEPT_FREE
                ? Optional.of("the disk of the backups is full")
                : Optional.empty();
    }

    void remove(UUID tenant, String snapshot) {
        removeFile(tenant, name(snapshot));
        removeFile(tenant, snapshot + HALF);
    }

    /// @param name of one of the files in [#names]; anything else is not there
    Outcome removeFile(UUID tenant, String name) {
        try {
            var removed = names(tenant).contains(name)
                    && Files.deleteIfExists(here(tenant).resolve(name));
            if (removed && names(tenant).isEmpty()) Files.deleteIfExists(here(tenant));
            return Outcome.done(Map.of("file", name, "removed", removed ? "yes" : "was not there"));
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " of a snapshot could not be removed", e);
        }
    }

    /// Of all files that are the tenant's, complete or not.
    List<String> names(UUID tenant) {
        return list(here(tenant));
    }

    /// The files of all tenants; who they are is what their folders are called.
    List<ObservedResource> all() {
        var all = new ArrayList<ObservedResource>();
        for (var name : list(folder))
            LocalInventory.uuid(name)
                    .ifPresent(tenant -> names(tenant)
                            .forEach(file -> all.add(new ObservedResource(
                                    ObservedResource.Kind.DUMP, file, Optional.of(tenant), Map.of()))));
        return all;
    }

    private static List<String> list(Path place) {
        if (!Files.isDirectory(place)) return List.of();
        try (var files = Files.list(place)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the backups cannot be read", e);
        }
    }

    /// What a complete file of the snapshot is called.
    static String name(String snapshot) {
        return snapshot + DUMP;
    }

    /// Of which snapshot a file is.
    static String snapshot(String name) {
        return name.replaceFirst("\\.[a-z]+$", "");
    }

    private Path here(UUID tenant) {
        return folder.resolve(tenant.toString());
    }
}
