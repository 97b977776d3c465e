package io.autostack.provisioning.cloud.local;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Snapshots as files in pg_dump's own format, readable by this user alone. A file under its final name is
/// complete.
@ApplicationScoped
class DumpFiles {

    private static final Duration TO_SAY_ITS_VERSION = Duration.ofSeconds(20);
    private static final Duration TO_WRITE = Duration.ofMinutes(30);
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "LD_LIBRARY_PATH");
    private static final int ENOUGH_OF_AN_ERROR = 300;
    private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final String program;
    private final Path folder;

    @Inject
    DumpFiles(
            @ConfigProperty(name = "autostack.cloud.local.pg-dump", defaultValue = "pg_dump") String program,
            @ConfigProperty(name = "autostack.home") Path home) {
        this.program = program;
        this.folder = home.resolve("backups").toAbsolutePath();
    }

    /// Empty when the program is there and of the server's major version.
    Optional<String> whyNot(Connection admin) throws SQLException {
        var here = version();
        if (here.isEmpty()) return Optional.of("there is no program " + program + " on this machine");
        var there = admin.getMetaData().getDatabaseMajorVersion();
        return here.get() == there
                ? Optional.empty()
                : Optional.of(program + " is of version " + here.get() + ", the server of " + there);
    }

    /// @param login may read the snapshot as its role; the password travels in the environment, never on the
    /// command line
    /// @return what a person reads about the file
    String write(TenantServer server, UUID tenant, String snapshot, Login login) {
        try {
            var owned = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            var here = Files.createDirectories(folder.resolve(tenant.toString()), owned);
            var half = here.resolve(snapshot + ".half");
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            var answer = run(
                    TO_WRITE,
                    Map.of("PGPASSWORD", login.password()),
                    List.of(
                            "--format=custom",
                            "--no-owner",
                            "--no-privileges",
                            "--no-password",
                            "--host=" + server.host(),
                            "--port=" + server.port(),
                            "--username=" + login.user(),
                            "--role=" + snapshot,
                            "--file=" + half,
                            snapshot));
            if (answer.code() != 0) throw new IllegalStateException("pg_dump failed: " + answer.said());
            try (var written = FileChannel.open(half, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            var file = file(tenant, snapshot);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            return file + ", " + Files.size(file) + " bytes";
        } catch (IOException full) {
            throw new UncheckedIOException("the file of " + snapshot + " could not be written", full);
        }
    }

    void remove(UUID tenant, String snapshot) {
        try {
            Files.deleteIfExists(file(tenant, snapshot));
            Files.deleteIfExists(folder.resolve(tenant.toString()).resolve(snapshot + ".half"));
        } catch (IOException stuck) {
            throw new UncheckedIOException("the file of " + snapshot + " could not be removed", stuck);
        }
    }

    private Path file(UUID tenant, String snapshot) {
        return folder.resolve(tenant.toString()).resolve(snapshot + ".dump");
    }

    private Optional<Integer> version() {
        try {
            var found = MAJOR.matcher(
                    run(TO_SAY_ITS_VERSION, Map.of(), List.of("--version")).said());
            return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private record Answer(int code, String said) {}

    private Answer run(Duration most, Map<String, String> environment, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        var said = Files.createTempFile("autostack-pg-dump", ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().keySet().retainAll(PASSED_ON);
            builder.environment().putAll(environment);
            var process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS))
                    throw new IllegalStateException(program + " did not end within " + most.toMinutes() + " minutes");
                var text = Files.readString(said, StandardCharsets.UTF_8).strip();
                return new Answer(process.exitValue(), text.substring(0, Math.min(text.length(), ENOUGH_OF_AN_ERROR)));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while " + program + " was at work", stopping);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(said);
        }
    }
}
