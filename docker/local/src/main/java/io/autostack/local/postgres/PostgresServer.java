package io.autostack.local.postgres;

import io.autostack.local.process.Command;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.Ports;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// A running PostgreSQL with its own folder. It listens on 127.0.0.1 alone and asks everybody for a password.
public final class PostgresServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;

    private final Cluster cluster;
    private volatile Postmaster postmaster;
    private final Optional<OwnerLock> lock;

    private PostgresServer(Cluster cluster, Postmaster postmaster, Optional<OwnerLock> lock) {
        this.cluster = cluster;
        this.postmaster = postmaster;
        this.lock = lock;
    }

    /// Starts the server whose data live in `home`, which is made when it is not there. A server left
    /// behind by a killed process is adopted; the server of a live process is shared, and then `stop`
    /// leaves it running.
    public static PostgresServer start(Path home) {
        return start(home, home);
    }

    /// The same, with the programs unpacked below `programs`: many small clusters need only one copy.
    public static PostgresServer start(Path home, Path programs) {
        return start(home, programs, Load.USUAL);
    }

    public static PostgresServer start(Path home, Path programs, Load load) {
        var cluster = Cluster.in(home);
        var lock = cluster.lock();
        if (lock.isEmpty()) return new PostgresServer(cluster, waitUntilReady(cluster), lock);
        try {
            var ready = cluster.with(PostgresBinaries.under(programs), Account.forFilesIn(cluster.home()), load);
            return startOwned(ready, lock);
        } catch (RuntimeException e) {
            lock.get().close();
            throw e;
        }
    }

    private static PostgresServer startOwned(Cluster cluster, Optional<OwnerLock> lock) {
        return new PostgresServer(cluster, orStop(cluster, PostgresServer::launch), lock);
    }

    /// Adopts what runs or else launches; what does not become ready is ended.
    private static Postmaster orStop(Cluster cluster, Function<Cluster, Postmaster> launch) {
        try {
            return adopt(cluster).orElseGet(() -> launch.apply(cluster));
        } catch (RuntimeException e) {
            if (Postmaster.of(cluster.data()).isPresent()) cluster.stop();
            throw e;
        }
    }

    /// Starts the server once more after it died, where everybody who knows its address finds it.
    public void startAgain() {
        if (lock.isEmpty())
            throw new IllegalStateException("another process answers for the server in " + cluster.home());
        int known = port();
        postmaster = orStop(cluster, died -> {
            clearAway(died);
            if (!Ports.becomesFree(known))
                throw new StartFailed("port " + known + " was taken by another program meanwhile, and the server is"
                        + " looked for there");
            var result = launchAt(died, known);
            if (!result.succeeded())
                throw new StartFailed("PostgreSQL in " + died.home() + " did not start again:\n" + result.output());
            return waitUntilReady(died);
        });
    }

    /// Whether the server runs.
    public boolean alive() {
        return Postmaster.of(cluster.data()).isPresent();
    }

    /// Makes `home` the folder of a new server, with the data and the password of `prepared`, which must not
    /// run. Nothing happens when `home` has data already.
    public static void copy(Path prepared, Path home) {
        var cluster = Cluster.in(home);
        try (var lock = cluster.lock()
                .orElseThrow(() -> new StartFailed("another process works in " + home + "; try again later"))) {
            if (Postmaster.of(Cluster.in(prepared).data()).isPresent())
                throw new StartFailed("the server in " + prepared + " runs; only one that is stopped can be copied");
            cluster.createFrom(Cluster.in(prepared));
        }
    }

    /// The server of `home` if it runs, whoever started it; the status page asks.
    public static Optional<ProcessHandle> running(Path home) {
        if (!Files.isDirectory(home.resolve("data"))) return Optional.empty();
        return Postmaster.of(Cluster.in(home).data()).map(Postmaster::pid).flatMap(ProcessHandle::of);
    }

    /// The port of the last start, if there was one.
    public static Optional<Integer> lastPort(Path home) {
        return Files.isDirectory(home.resolve("data")) ? Cluster.in(home).port() : Optional.empty();
    }

    /// Ends a server that was left behind in `home` by a killed process; nothing happens when there is none.
    public static void stopOrphan(Path home) {
        stopOrphan(home, home);
    }

    /// The same, with the programs unpacked below `programs`.
    public static void stopOrphan(Path home, Path programs) {
        if (!Files.isDirectory(home.resolve("data"))) return;
        if (Postmaster.of(Cluster.in(home).data()).isPresent())
            start(home, programs).stop();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /// A folder with the server's socket, for containers of this machine; empty when its path is too long for
    /// one.
    public Optional<Path> socketFolder() {
        return cluster.socketFolder();
    }

    /// What the server writes down.
    public Path log() {
        return cluster.home().resolve("postgres.log");
    }

    /// The administrator of this server; applications get roles of their own.
    public String superuser() {
        return Cluster.SUPERUSER;
    }

    public String password() {
        return cluster.password();
    }

    public int port() {
        return postmaster.port();
    }

    public long pid() {
        return postmaster.pid();
    }

    /// False when another live process answers for this server.
    public boolean owned() {
        return lock.isPresent();
    }

    public Connection connectAsSuperuser(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), superuser(), password());
    }

    /// Gives the server out of our hands: it goes on, and whoever starts it next adopts it.
    public void leaveRunning() {
        lock.ifPresent(OwnerLock::close);
    }

    /// Ends sessions, writes everything down and ends the server, if it is ours to end. May be called twice.
    public void stop() {
        if (lock.isEmpty()) return;
        try {
            if (Postmaster.of(cluster.data()).isPresent()) cluster.stop();
        } finally {
            lock.get().close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static Optional<Postmaster> adopt(Cluster cluster) {
        var found = Postmaster.of(cluster.data());
        if (found.isEmpty()) return Optional.empty();
        if (!found.get().stopping()) return Optional.of(waitUntilReady(cluster));
        waitUntil(
                () -> Postmaster.of(cluster.data()).isEmpty(),
                "the previous PostgreSQL in " + cluster.home() + " to end");
        return Optional.empty();
    }

    private static Postmaster launch(Cluster cluster) {
        cluster.create();
        clearAway(cluster);
        var said = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = cluster.port().filter(Ports::isFree).orElseGet(Ports::free);
            var result = launchAt(cluster, port);
            if (result.succeeded()) return waitUntilReady(cluster);
            said = result.output() + cluster.lastLines();
            if (!said.contains("Address already in use")) break;
        }
        throw new StartFailed("PostgreSQL in " + cluster.home() + " did not start:\n" + said);
    }

    private static Command.Result launchAt(Cluster cluster, int port) {
        cluster.configure(port);
        return cluster.launch();
    }

    /// PostgreSQL itself removes the pid file of a dead server and the lock of its socket, but not those
    /// whose pid now belongs to somebody else, or to a process that nobody has reaped yet. They may go only
    /// when nobody works in the data any more: they are what keeps two servers from sharing them.
    private static void clearAway(Cluster cluster) {
        waitUntil(
                () -> !Postmaster.anybodyWorksIn(cluster.data()),
                "sessions of a killed PostgreSQL in " + cluster.home() + " to end");
        try {
            Files.deleteIfExists(cluster.data().resolve("postmaster.pid"));
            cluster.clearSockets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Postmaster waitUntilReady(Cluster cluster) {
        waitUntil(
                () -> Postmaster.of(cluster.data()).filter(Postmaster::ready).isPresent(),
                "PostgreSQL in " + cluster.home() + " to become ready");
        return Postmaster.of(cluster.data())
                .orElseThrow(() -> new StartFailed("PostgreSQL in " + cluster.home()
                        + " ended just after it became ready:\n" + cluster.lastLines()));
    }

    private static void waitUntil(Supplier<Boolean> done, String whatFor) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.get()) {
            if (System.nanoTime() > end)
                throw new StartFailed("waited " + PATIENCE.toSeconds() + " s in vain for " + whatFor);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartFailed("interrupted while waiting for " + whatFor, e);
            }
        }
    }
}
