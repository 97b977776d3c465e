package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.driver.CloudDriver;
import io.autostack.provisioning.postgres.DatabaseExport;
import io.autostack.provisioning.postgres.FreeSpace;
import io.autostack.provisioning.postgres.Login;
import io.autostack.provisioning.postgres.PostgresDatabases;
import io.autostack.provisioning.postgres.SnapshotFiles;
import io.autostack.provisioning.postgres.TenantSchemas;
import io.autostack.provisioning.postgres.TenantServer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// AWS as a cloud: an RDS instance for each tenant.
@ApplicationScoped
class AwsDriver {

    private static final Logger LOG = Logger.getLogger(AwsDriver.class);
    private static final String NAME = "aws";

    @Produces
    @Singleton
    CloudDriver aws(
            AwsSecrets secrets,
            PostgresDatabases databases,
            AwsSnapshots snapshots,
            TenantSchemas schemas,
            AwsRoutes routes,
            AwsWorkloads workloads,
            DatabaseExport exports,
            AwsInventory inventory,
            AwsTaggedResources tagged,
            AwsServers servers,
            AwsSettings settings) {
        return new CloudDriver(
                NAME,
                new CloudDriver.Parts(
                        secrets, databases, snapshots, schemas, routes, workloads, exports, inventory, tagged),
                servers,
                secrets,
                new NoCopies(),
                new NoFiles(),
                AwsDescription.of(settings.warning()));
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

    /// Nothing of the platform's is copied beside a tenant's database.
    private record NoCopies() implements FreeSpace {

        @Override
        public Optional<String> obstacleToCopy(TenantServer server, String database) {
            return Optional.empty();
        }

        @Override
        public Optional<String> obstacleToGoOn(TenantServer server) {
            return Optional.empty();
        }
    }

    /// RDS keeps its snapshots itself.
    private record NoFiles() implements SnapshotFiles {

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
    }
}
