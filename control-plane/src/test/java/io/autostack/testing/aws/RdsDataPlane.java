package io.autostack.testing.aws;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.literal;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.local.postgres.Load;
import io.autostack.local.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/// What an emulator of RDS's calls does not have: a PostgreSQL for each instance, and the data of each snapshot. The
/// administrator may do what RDS lets its own do, and is no superuser.
final class RdsDataPlane implements AutoCloseable {

    private final Path home;
    private final Path programs;
    private final Map<String, PostgresServer> instances = new ConcurrentHashMap<>();

    RdsDataPlane(Path home, Path programs) {
        this.home = home;
        this.programs = programs;
    }

    /// An empty one; nothing happens when it is there.
    synchronized void create(String identifier, String administrator, String password) {
        if (instances.containsKey(identifier)) return;
        PostgresServer.copy(prepared(), instance(identifier));
        var server = PostgresServer.start(instance(identifier), programs, Load.SMALL);
        instances.put(identifier, server);
        try (var admin = server.connectAsSuperuser("postgres")) {
            execute(admin, "create role " + quoted(administrator) + " login createdb createrole");
            execute(admin, "grant pg_monitor, pg_signal_backend to " + quoted(administrator));
            setPassword(admin, administrator, password);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void password(String identifier, String administrator, String password) {
        find(identifier).ifPresent(server -> {
            try (var admin = server.connectAsSuperuser("postgres")) {
                setPassword(admin, administrator, password);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void setPassword(Connection admin, String administrator, String password) throws SQLException {
        admin.unwrap(PGConnection.class).alterUserPassword(administrator, password.toCharArray(), "scram-sha-256");
    }

    /// As storage keeps it at this moment, while sessions go on.
    synchronized void snapshot(String snapshot, String identifier) {
        var server = find(identifier).orElseThrow();
        var to = snapshot(snapshot);
        try (var admin = server.connectAsSuperuser("postgres")) {
            Files.createDirectories(to);
            execute(admin, "select pg_backup_start(" + literal(snapshot) + ", true)");
            copy(instance(identifier).resolve("data"), to.resolve("data"));
            var label =
                    Sql.of(admin, "select labelfile from pg_backup_stop(false)").one(row -> row.getString(1));
            copy(instance(identifier).resolve("data/pg_wal"), to.resolve("data/pg_wal"));
            Files.writeString(to.resolve("data/backup_label"), label);
            Files.copy(
                    instance(identifier).resolve("password"),
                    to.resolve("password"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void restore(String identifier, String snapshot) {
        if (instances.containsKey(identifier)) return;
        PostgresServer.copy(snapshot(snapshot), instance(identifier));
        instances.put(identifier, PostgresServer.start(instance(identifier), programs, Load.SMALL));
    }

    synchronized void delete(String identifier) {
        var server = instances.remove(identifier);
        if (server != null) server.stop();
        remove(instance(identifier));
    }

    Optional<PostgresServer> find(String identifier) {
        return Optional.ofNullable(instances.get(identifier));
    }

    private Path prepared() {
        var prepared = home.resolve("prepared");
        if (!Files.isDirectory(prepared.resolve("data")))
            PostgresServer.start(prepared, programs, Load.SMALL).stop();
        return prepared;
    }

    private Path instance(String identifier) {
        return home.resolve("instances").resolve(identifier);
    }

    private Path snapshot(String identifier) {
        return home.resolve("snapshots").resolve(identifier);
    }

    /// Files come and go meanwhile.
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var there = to.resolve(from.relativize(folder).toString());
                if (!Files.isDirectory(there)) Files.copy(folder, there, StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.getFileName().toString().equals("postmaster.pid") && Files.exists(file))
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING,
                            LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void remove(Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        instances.values().forEach(PostgresServer::stop);
    }
}
