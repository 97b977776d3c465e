package io.autostack.local.postgres;

import io.autostack.local.process.Command;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.ProgramCopy;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder of one server: `data`, `password`, `port`, `owner.lock` and `postgres.log`.
final class Cluster {

    static final String SUPERUSER = "postgres";
    private static final Duration LONG = Duration.ofSeconds(180);
    private static final long LOG_LIMIT = 10_000_000;
    private static final int MAX_SOCKET_FOLDER_LENGTH = 80;

    /// One process starts for each database that often; at the usual minute a thousand tenants keep a server
    /// busy that has nothing to do.
    private static final String VACUUM_EACH_DATABASE = "5min";

    /// For the platform's own roles when tenants have taken all others.
    private static final int RESERVED_CONNECTIONS = 10;

    /// To sign in. Whoever does not has a connection meanwhile that no limit of a role or a plan counts.
    private static final String TO_SIGN_IN = "10s";

    /// Of temporary files for one session; a tenant cannot set it.
    private static final int TEMPORARY_GB = 8;

    /// Address space of one server process beside what all share. A tenant sets the memory of a sort as it
    /// likes; what does not fit in here ends that statement, and not the machine.
    private static final long PROCESS_KB = 2L << 20;

    private final Path home;
    private final @Nullable PostgresBinaries binaries;
    private final @Nullable Account account;
    private final Load load;

    private Cluster(Path home, @Nullable PostgresBinaries binaries, @Nullable Account account, Load load) {
        this.home = home;
        this.binaries = binaries;
        this.account = account;
        this.load = load;
    }

    static Cluster in(Path home) {
        try {
            if (!Files.isDirectory(home)) Secrets.onlyForThisUser(home);
            return new Cluster(home.toRealPath(), null, null, Load.USUAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Cluster with(PostgresBinaries programs, Account runsAs, Load max) {
        return new Cluster(home, programs, runsAs, max);
    }

    /// Made in a temporary folder first, so that data which carry the final name are always complete.
    void create() {
        if (Files.isDirectory(data())) return;
        try {
            var half = Files.createTempDirectory(home, "creating-");
            try {
                initialise(half);
                Files.move(half.resolve("password"), file("password"), StandardCopyOption.REPLACE_EXISTING);
                Files.move(half.resolve("data"), data(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                ProgramCopy.delete(half);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a copy of a server that does not run: file for file, written down before the data get their final
    /// name.
    void createFrom(Cluster prepared) {
        if (Files.isDirectory(data())) return;
        try {
            try (var leftovers = Files.newDirectoryStream(home, "creating-*")) {
                for (var half : leftovers) ProgramCopy.delete(half);
            }
            var half = Files.createTempDirectory(home, "creating-");
            try {
                copy(prepared.data(), half.resolve("data"));
                copy(prepared.file("password"), half.resolve("password"));
                new Command("sync", "-f", half.toString()).run(LONG);
                Files.move(half.resolve("password"), file("password"), StandardCopyOption.REPLACE_EXISTING);
                Files.move(half.resolve("data"), data(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                ProgramCopy.delete(half);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : all.toList())
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
        }
    }

    /// Where containers on this machine find the server without any network. Nobody listens there when the path
    /// is longer than a socket's address may be, or could not be quoted.
    Optional<Path> socketFolder() {
        var folder = file("socket");
        return folder.toString().length() <= MAX_SOCKET_FOLDER_LENGTH
                        && !folder.toString().matches(".*[',\"].*")
                ? Optional.of(folder)
                : Optional.empty();
    }

    /// The settings are written before each start, so that a new version of ours brings its own along.
    void configure(int port) {
        write(file("port"), port + "\n");
        socketFolder().ifPresent(this::createSocketFolder);
        write(data().resolve("autostack.conf"), """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = '%s'
                max_connections = %d
                reserved_connections = %d
                shared_buffers = '%dMB'
                temp_file_limit = '%dGB'
                authentication_timeout = '%s'
                fsync = on
                synchronous_commit = on
                autovacuum_naptime = '%s'
                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                log_line_prefix = '%%m [%%p] %%u@%%d '
                """.formatted(
                        port,
                        socketFolder().map(Path::toString).orElse(""),
                        load.connections(),
                        RESERVED_CONNECTIONS,
                        load.sharedBuffersMb(),
                        TEMPORARY_GB,
                        TO_SIGN_IN,
                        VACUUM_EACH_DATABASE));
        account().own(data());
    }

    private void createSocketFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            // Containers enter it as whoever they are; its way there is closed to everybody else on this machine.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            account().own(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder holds nothing but this server's sockets and their locks.
    void clearSockets() throws IOException {
        var folder = file("socket");
        if (!Files.isDirectory(folder)) return;
        try (var left = Files.list(folder)) {
            for (var file : left.toList()) Files.deleteIfExists(file);
        }
    }

    Command.Result launch() {
        try {
            var log = file("postgres.log");
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT)
                Files.move(log, file("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            if (!Files.exists(log)) Files.createFile(log);
            account().own(log);
            var limit = PROCESS_KB + load.sharedBuffersMb() * 1024L;
            return account()
                    .command(List.of(
                            "sh",
                            "-c",
                            "ulimit -v " + limit + "; exec \"$@\"",
                            "sh",
                            program("pg_ctl"),
                            "start",
                            "-w",
                            "-t",
                            "120",
                            "-D",
                            data().toString(),
                            "-l",
                            log.toString()))
                    // Cut off in between, it would leave a server behind of which nobody knows yet.
                    .runEvenIfInterrupted(LONG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        var result = command("pg_ctl", "stop", "-w", "-t", "120", "-m", "fast", "-D", data().toString())
                .runEvenIfInterrupted(LONG);
        if (!result.succeeded() && Postmaster.of(data()).isPresent())
            throw new IllegalStateException("PostgreSQL in " + home + " did not end:\n" + result.output());
    }

    Optional<OwnerLock> lock() {
        return OwnerLock.tryTake(file("owner.lock"));
    }

    Path home() {
        return home;
    }

    Path data() {
        return file("data");
    }

    String password() {
        return read(file("password"));
    }

    /// The port of the last start.
    Optional<Integer> port() {
        return Files.exists(file("port")) ? Optional.of(Integer.valueOf(read(file("port")))) : Optional.empty();
    }

    String lastLines() {
        try {
            if (!Files.exists(file("postgres.log"))) return "";
            var lines = Files.readAllLines(file("postgres.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise(Path half) throws IOException {
        var password = half.resolve("password");
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        write(password, Secrets.newPassword() + "\n");
        account().own(half);
        var data = half.resolve("data");
        var result = run(
                LONG,
                "initdb",
                "--pgdata=" + data,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        if (!result.succeeded())
            throw new StartFailed("could not create the PostgreSQL data folder in " + home + ":\n" + result.output());
        var settings = data.resolve("postgresql.conf");
        write(settings, read(settings) + "\n\ninclude 'autostack.conf'\n");
    }

    private Command.Result run(Duration max, String program, String... arguments) {
        return command(program, arguments).run(max);
    }

    private Command command(String program, String... arguments) {
        var words = new ArrayList<String>();
        words.add(program(program));
        words.addAll(List.of(arguments));
        return account().command(words);
    }

    private String program(String name) {
        if (binaries == null) throw new IllegalStateException("only the owner of a cluster runs programs on it");
        return binaries.program(name);
    }

    private Account account() {
        if (account == null) throw new IllegalStateException("only the owner of a cluster runs programs on it");
        return account;
    }

    private Path file(String name) {
        return home.resolve(name);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
