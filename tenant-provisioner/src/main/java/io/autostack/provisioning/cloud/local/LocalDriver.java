package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.driver.CloudDriver;
import io.autostack.provisioning.postgres.DatabaseExport;
import io.autostack.provisioning.postgres.PostgresDatabases;
import io.autostack.provisioning.postgres.SnapshotDatabases;
import io.autostack.provisioning.postgres.TenantSchemas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// One machine as a cloud: real databases, roles, secrets and host names; containers where a Docker engine answers.
@ApplicationScoped
class LocalDriver {

    @Produces
    @Singleton
    CloudDriver local(
            SecretStore secrets,
            PostgresDatabases databases,
            SnapshotDatabases snapshots,
            TenantSchemas schemas,
            HostNames routes,
            LocalWorkloads workloads,
            DatabaseExport exports,
            LocalInventory inventory,
            TaggedTenantResources tagged,
            LocalServers servers,
            ServerRoom room,
            SnapshotDumps dumps) {
        return new CloudDriver(
                "local",
                new CloudDriver.Parts(
                        secrets, databases, snapshots, schemas, routes, workloads, exports, inventory, tagged),
                servers,
                secrets,
                room,
                dumps,
                LocalDescription.get());
    }
}
