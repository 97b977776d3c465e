package io.autostack.provisioning.cloud.local;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.local.postgres.Load;
import io.autostack.local.postgres.PostgresBinaries;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import io.autostack.provisioning.postgres.TenantServer;
import io.autostack.provisioning.postgres.TenantTemplate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Comparator;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/// The data directory that every dedicated cluster is copied from: made once for each version of server and
/// tenant schema, with the provisioner's role and the template database inside. It never runs under its final
/// name.
@ApplicationScoped
class PreparedCluster {

    /// What the provisioner is called on every dedicated server, and may do there.
    static final String PROVISIONER = "autostack_provisioner";

    private static final Logger LOG = Logger.getLogger(PreparedCluster.class);

    private final TenantTemplate template;

    @Inject
    PreparedCluster(TenantTemplate template) {
        this.template = template;
    }

    /// @param clusters the folder of all clusters
    /// @param programs where PostgreSQL's programs are unpacked
    synchronized Path ensure(Path clusters, Path programs) {
        var version = template.firstVersion();
        var name = "prepared-" + PostgresBinaries.VERSION + "-" + version + TenantTemplate.LAYOUT;
        var ready = clusters.resolve(name);
        if (Files.isDirectory(ready)) return ready;
        LOG.infof("preparing the data directory %s", ready);
        var half = clusters.resolve(name + ".half");
        try {
            delete(half);
            Secrets.onlyForThisUser(clusters);
            try (var server = PostgresServer.start(half, programs, Load.SMALL)) {
                fill(server, version);
            }
            return Files.move(half, ready, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new StartFailed("the data directory " + half + " could not be prepared", e);
        }
    }

    private void fill(PostgresServer server, String version) throws SQLException {
        var password = Secrets.newPassword();
        try (var admin = server.connectAsSuperuser("postgres")) {
            execute(admin, "create role " + quoted(PROVISIONER) + " login createdb createrole");
            execute(admin, "grant pg_read_all_stats, pg_signal_backend to " + quoted(PROVISIONER));
            admin.unwrap(PGConnection.class).alterUserPassword(PROVISIONER, password.toCharArray(), "scram-sha-256");
            execute(admin, "revoke connect on database postgres from public");
            execute(admin, "revoke connect on database template1 from public");
            execute(admin, "grant connect on database postgres to " + quoted(PROVISIONER));
        }
        var asProvisioner = new TenantServer(server.jdbcUrl("postgres"), PROVISIONER, password);
        try {
            template.ensure(asProvisioner, version);
        } finally {
            asProvisioner.close();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
