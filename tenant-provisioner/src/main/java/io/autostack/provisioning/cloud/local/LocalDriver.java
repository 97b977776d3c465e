package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.driver.CloudDriver;
import io.autostack.provisioning.postgres.DatabaseExport;
import io.autostack.provisioning.postgres.DatabaseSecrets;
import io.autostack.provisioning.postgres.FreeSpace;
import io.autostack.provisioning.postgres.PostgresDatabases;
import io.autostack.provisioning.postgres.SnapshotDatabases;
import io.autostack.provisioning.postgres.SnapshotFiles;
import io.autostack.provisioning.postgres.TenantSchemas;
import io.autostack.provisioning.postgres.TenantServers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// One machine as a cloud: real databases, roles, secrets and host names; containers where a Docker engine answers.
@ApplicationScoped
class LocalDriver implements CloudDriver {

    private final Parts parts;
    private final LocalServers servers;
    private final SecretStore secrets;
    private final ServerRoom room;
    private final SnapshotDumps dumps;

    @Inject
    LocalDriver(
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
        this.parts = new Parts(secrets, databases, snapshots, schemas, routes, workloads, exports, inventory, tagged);
        this.servers = servers;
        this.secrets = secrets;
        this.room = room;
        this.dumps = dumps;
    }

    @Override
    public String name() {
        return "local";
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

    @Override
    public FreeSpace freeSpace() {
        return room;
    }

    @Override
    public SnapshotFiles snapshotFiles() {
        return dumps;
    }
}
