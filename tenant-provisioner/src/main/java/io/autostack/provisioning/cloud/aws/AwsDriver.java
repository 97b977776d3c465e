package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.driver.CloudDriver;
import io.autostack.provisioning.postgres.DatabaseExport;
import io.autostack.provisioning.postgres.DatabaseSecrets;
import io.autostack.provisioning.postgres.FreeSpace;
import io.autostack.provisioning.postgres.Login;
import io.autostack.provisioning.postgres.PostgresDatabases;
import io.autostack.provisioning.postgres.SnapshotFiles;
import io.autostack.provisioning.postgres.TenantSchemas;
import io.autostack.provisioning.postgres.TenantServer;
import io.autostack.provisioning.postgres.TenantServers;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// AWS as a cloud: an RDS instance for each tenant.
@ApplicationScoped
class AwsDriver implements CloudDriver {

    private static final Logger LOG = Logger.getLogger(AwsDriver.class);
    private static final String NAME = "aws";

    private final Parts parts;
    private final AwsServers servers;
    private final AwsSecrets secrets;

    @Inject
    AwsDriver(
            AwsSecrets secrets,
            PostgresDatabases databases,
            AwsSnapshots snapshots,
            TenantSchemas schemas,
            AwsRoutes routes,
            AwsWorkloads workloads,
            DatabaseExport exports,
            AwsInventory inventory,
            AwsTaggedResources tagged,
            AwsServers servers) {
        this.parts = new Parts(secrets, databases, snapshots, schemas, routes, workloads, exports, inventory, tagged);
        this.servers = servers;
        this.secrets = secrets;
    }

    /// Better not started than half usable.
    void check(
            @Observes StartupEvent start,
            @ConfigProperty(name = "autostack.cloud") String chosen,
            AwsSettings settings) {
        if (!chosen.equals(NAME)) return;
        var problems = settings.problems();
        if (!problems.isEmpty())
            throw new IllegalStateException(
                    "autostack.cloud is aws, and this is in the way: " + String.join(" ", problems));
        settings.warning().ifPresent(LOG::warn);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Parts parts() {
        return parts;
    }

    @Override
    public TenantServers servers() {
        return servers;
    }

    @Override
    public DatabaseSecrets databaseSecrets() {
        return secrets;
    }

    /// Nothing of the platform's is copied beside a tenant's database.
    @Override
    public FreeSpace freeSpace() {
        return new FreeSpace() {
            @Override
            public Optional<String> obstacleToCopy(TenantServer server, String database) {
                return Optional.empty();
            }

            @Override
            public Optional<String> obstacleToGoOn(TenantServer server) {
                return Optional.empty();
            }
        };
    }

    @Override
    public SnapshotFiles snapshotFiles() {
        return new SnapshotFiles() {
            @Override
            public Optional<String> whyNot(Connection admin) {
                return Optional.of("RDS keeps snapshots itself");
            }

            @Override
            public String write(TenantServer server, UUID tenant, String snapshot, Login login) {
                throw new IllegalStateException("there is no file of an RDS snapshot");
            }

            @Override
            public void remove(UUID tenant, String snapshot) {
                // There never was one.
            }
        };
    }
}
