package io.autostack.provisioning.cloud.local;

import io.autostack.local.postgres.Load;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.secrets.Secrets;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.LivesElsewhere;
import io.autostack.provisioning.postgres.TenantServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/// Dedicated clusters: a PostgreSQL process of its own for a tenant, on a copy of the prepared data directory. The
/// processes outlive ours; whoever comes next finds them by their pid file.
///
/// Each is in the home of one replica. Others neither start it nor make an empty one, nor take it for gone: they say
/// where it lives, and leave it to the replica there.
@ApplicationScoped
class Clusters {

    private static final Logger LOG = Logger.getLogger(Clusters.class);
    private static final String HOST = "127.0.0.1";
    private static final String GONE = "stopped, its data directory deleted";
    private static final int SILENCE_MILLIS = 60_000;
    private static final String PASSWORD_REFUSED = "28P01";

    private final ClusterRegister register;
    private final PreparedCluster prepared;
    private final SecretStore secrets;
    private final Home home;
    private final Path folder;
    private final Optional<Path> programs;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private final Map<UUID, Object> locks = new ConcurrentHashMap<>();

    @Inject
    Clusters(
            ClusterRegister register,
            PreparedCluster prepared,
            SecretStore secrets,
            Home home,
            @ConfigProperty(name = "autostack.cloud.local.programs") Optional<Path> programs) {
        this.register = register;
        this.prepared = prepared;
        this.secrets = secrets;
        this.home = home;
        this.folder = home.folder().resolve("clusters");
        this.programs = programs;
    }

    private record Running(long pid, TenantServer server) {}

    /// Why no dedicated cluster can be made here; empty when one can.
    Optional<String> obstacle() {
        return obstacle(programs);
    }

    static Optional<String> obstacle(Optional<Path> programs) {
        return programs.isPresent()
                ? Optional.empty()
                : Optional.of("this installation uses a PostgreSQL server that was given to it and has no programs to"
                        + " start another one; choose the shared server");
    }

    TenantServer ensure(UUID tenant) {
        synchronized (lock(tenant)) {
            var entry = here(register.ensure(tenant, home));
            if (!hasData(entry))
                PostgresServer.copy(prepared.ensure(folder, programs()), folder.resolve(entry.folder()));
            return serve(entry);
        }
    }

    Optional<TenantServer> find(UUID tenant) {
        synchronized (lock(tenant)) {
            return register.find(tenant).map(this::here).filter(this::hasData).map(this::serve);
        }
    }

    /// Nobody but its own machine reaches one.
    Optional<Address> findAddress(UUID tenant) {
        return register.find(tenant)
                .filter(entry -> entry.port() > 0 && !isElsewhere(entry))
                .map(entry -> new Address(HOST, entry.port()));
    }

    /// Those that this process has found running.
    List<TenantServer> running() {
        return running.values().stream().map(Running::server).toList();
    }

    /// Whether another replica looks after it.
    boolean isElsewhere(ClusterRegister.Entry entry) {
        return entry.home().isPresent() ? !entry.home().get().equals(home.id()) : entry.port() > 0 && !hasData(entry);
    }

    /// The same entry, if it is for this replica to look after.
    private ClusterRegister.Entry here(ClusterRegister.Entry entry) {
        if (isElsewhere(entry)) throw new LivesElsewhere(where(entry));
        if (entry.home().isPresent()) return entry;
        register.claim(entry.tenant(), home);
        return register.find(entry.tenant()).orElseThrow();
    }

    private static String where(ClusterRegister.Entry entry) {
        return "The dedicated cluster of this tenant lives on "
                + entry.host().map(host -> "the host “" + host + "”").orElse("another host")
                + ". The replica of AutoStack that runs there looks after it.";
    }

    /// Starts those of this home that do not run. One that does not start keeps no other one from starting.
    void startAll() {
        for (var entry : register.inUse())
            try {
                if (isElsewhere(entry)) continue;
                synchronized (lock(entry.tenant())) {
                    register.find(entry.tenant()).map(this::here).ifPresent(this::serve);
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "the dedicated cluster of tenant %s does not run", entry.tenant());
            }
    }

    /// All that are written down, whether they run or not.
    List<ClusterRegister.Entry> all() {
        return register.all();
    }

    /// Signs in to a cluster as it is: nothing is started for it, and nobody is waited for.
    Connection glance(ClusterRegister.Entry entry) throws SQLException {
        var password = secrets.readSecret(secret(entry.tenant()))
                .map(secret -> secret.value().getOrDefault("provisioner", ""))
                .orElse("");
        return glance(entry, "postgres", PreparedCluster.PROVISIONER, password);
    }

    Connection glance(ClusterRegister.Entry entry, String database, String role, String password) throws SQLException {
        if (isElsewhere(entry)) throw new SQLException(where(entry));
        if (entry.port() == 0) throw new SQLException("the cluster was never started");
        return TenantServer.glance("jdbc:postgresql://" + HOST + ":" + entry.port() + "/" + database, role, password);
    }

    /// Removes the cluster when there is no database in it any more.
    Outcome removeIfEmpty(UUID tenant, Outcome otherwise) {
        synchronized (lock(tenant)) {
            if (register.find(tenant).isEmpty()) return otherwise;
            var server = find(tenant);
            if (server.isPresent() && server.get().holdsDatabases()) return otherwise;
            remove(tenant);
            return Outcome.done(Map.of("server", GONE));
        }
    }

    /// Ends the process and deletes the data. The folder gets another name first, so that half of it is never
    /// used.
    void remove(UUID tenant) {
        synchronized (lock(tenant)) {
            register.find(tenant).map(this::here).ifPresent(entry -> {
                register.removing(tenant);
                forget(tenant);
                var home = folder.resolve(entry.folder());
                var removed = folder.resolve(entry.folder() + ".removed");
                try {
                    PostgresServer.stopOrphan(home, programs());
                    if (Files.isDirectory(home)) Files.move(home, removed, StandardCopyOption.ATOMIC_MOVE);
                    PreparedCluster.delete(removed);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                secrets.removeSecret(tenant, secret(tenant));
                register.remove(tenant);
            });
        }
    }

    /// With everything that is in it.
    Outcome removeAll(UUID tenant) {
        remove(tenant);
        return Outcome.done(Map.of("server", GONE));
    }

    private TenantServer serve(ClusterRegister.Entry entry) {
        if (!hasData(entry)) throw new IllegalStateException("there are no data in " + folder.resolve(entry.folder()));
        var home = folder.resolve(entry.folder());
        var known = running.get(entry.tenant());
        if (known != null && isStill(known, home)) return known.server();
        var started = PostgresServer.start(home, programs(), Load.SMALL);
        started.leaveRunning();
        forget(entry.tenant());
        var passwords = passwords(entry.tenant());
        handOver(started, passwords, home.resolve("password"));
        var server = new TenantServer(
                started.jdbcUrl("postgres"), PreparedCluster.PROVISIONER, passwords.getOrDefault("provisioner", ""));
        running.put(entry.tenant(), new Running(started.pid(), server));
        if (entry.port() != started.port()) register.startedAt(entry.tenant(), started.port(), this.home);
        return server;
    }

    boolean hasData(ClusterRegister.Entry entry) {
        return Files.isDirectory(folder.resolve(entry.folder()).resolve("data"));
    }

    private static boolean isStill(Running known, Path home) {
        return PostgresServer.running(home)
                .filter(process -> process.pid() == known.pid())
                .isPresent();
    }

    private void forget(UUID tenant) {
        var known = running.remove(tenant);
        if (known != null) known.server().close();
    }

    private Map<String, String> passwords(UUID tenant) {
        return secrets.ensure(
                        tenant,
                        secret(tenant),
                        Map.of("superuser", Secrets.newPassword(), "provisioner", Secrets.newPassword()))
                .value();
    }

    /// The copy begins with the password of what it was copied from. Its own ones are sealed first, then set,
    /// and only then is the first one forgotten: whatever comes in between, one of the two opens the door.
    private static void handOver(PostgresServer server, Map<String, String> passwords, Path first) {
        if (!Files.exists(first)) return;
        try {
            try (var admin = server.connectAsSuperuser("postgres")) {
                admin.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
                var change = admin.unwrap(PGConnection.class);
                admin.setAutoCommit(false);
                for (var role : Map.of(PreparedCluster.PROVISIONER, "provisioner", server.superuser(), "superuser")
                        .entrySet())
                    change.alterUserPassword(
                            role.getKey(),
                            passwords.getOrDefault(role.getValue(), "").toCharArray(),
                            "scram-sha-256");
                admin.commit();
            } catch (SQLException e) {
                if (!PASSWORD_REFUSED.equals(e.getSQLState())) throw e;
            }
            Files.delete(first);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("a new cluster could not get passwords of its own", e);
        }
    }

    private Path programs() {
        return programs.orElseThrow(() -> new IllegalStateException(
                "autostack.cloud.local.programs is not set, but there are dedicated clusters to run"));
    }

    private Object lock(UUID tenant) {
        return locks.computeIfAbsent(tenant, id -> new Object());
    }

    /// The tenant's application never reads it: names of its own secrets begin with `tenants/`.
    private static String secret(UUID tenant) {
        return "clusters/" + tenant;
    }

    @PreDestroy
    void close() {
        for (var known : running.values()) known.server().close();
    }
}
