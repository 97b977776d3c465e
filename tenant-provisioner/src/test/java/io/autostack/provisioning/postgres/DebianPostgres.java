package io.autostack.provisioning.postgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A server of Debian's own PostgreSQL, which unlike the embedded one comes with its clients. Not run as root, which it
/// refuses.
public final class DebianPostgres implements AutoCloseable {

    public static final String PASSWORD = "of-the-superuser";

    private final Path programs;
    private final Path folder;
    private final int port;

    private DebianPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /// The newest that has a server as well as `pg_dump`; empty when there is none on this machine.
    public static Optional<Path> programs() throws IOException {
        var all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) return Optional.empty();
        try (var versions = Files.list(all)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparingInt(
                            version -> -Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb"))
                            && Files.isExecutable(bin.resolve("pg_ctl"))
                            && Files.isExecutable(bin.resolve("pg_restore"))
                            && Files.isExecutable(bin.resolve("pg_dump")))
                    .findFirst();
        }
    }

    public static DebianPostgres start(Path programs) throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var folder = Path.of(run("mktemp", "-d"));
        var server = new DebianPostgres(programs, folder, port);
        run("sh", "-c", "printf %s " + PASSWORD + " > " + folder + "/password");
        server.program(
                "initdb",
                "--pgdata=" + folder + "/data",
                "--username=postgres",
                "--pwfile=" + folder + "/password",
                "--auth=scram-sha-256",
                "--locale=C",
                "--encoding=UTF8");
        server.program(
                "pg_ctl",
                "--pgdata=" + folder + "/data",
                "--log=" + folder + "/log",
                "--options=-p " + port + " -c listen_addresses=127.0.0.1 -k " + folder,
                "--wait",
                "start");
        return server;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    private String program(String name, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of(programs.resolve(name).toString()));
        words.addAll(List.of(arguments));
        return run(words.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        var words = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) words.addAll(List.of("runuser", "-u", "postgres", "--"));
        words.addAll(List.of(command));
        var said = Files.createTempFile("debian-postgres", ".log");
        try {
            var process = new ProcessBuilder(words)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(words + " did not end");
            }
            var output = Files.readString(said, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) throw new IOException(words + " failed: " + output);
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while " + words + " was at work", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    @Override
    public void close() throws IOException {
        program("pg_ctl", "--pgdata=" + folder + "/data", "--mode=immediate", "--wait", "stop");
        run("rm", "-r", folder.toString());
    }
}
