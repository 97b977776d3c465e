package io.autostack.provisioning.driver;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.Databases;
import io.autostack.provisioning.cloud.Exports;
import io.autostack.provisioning.cloud.Inventory;
import io.autostack.provisioning.cloud.Routes;
import io.autostack.provisioning.cloud.Schemas;
import io.autostack.provisioning.cloud.Secrets;
import io.autostack.provisioning.cloud.Snapshots;
import io.autostack.provisioning.cloud.TaggedResources;
import io.autostack.provisioning.cloud.Workloads;
import io.autostack.provisioning.postgres.DatabaseSecrets;
import io.autostack.provisioning.postgres.FreeSpace;
import io.autostack.provisioning.postgres.SnapshotFiles;
import io.autostack.provisioning.postgres.TenantServers;

/// One cloud: each part of the port, what the SQL half that all drivers share has to know of it, and how it is spoken
/// of.
///
/// @param name what `autostack.cloud` says to choose it
public record CloudDriver(
        String name,
        Parts parts,
        TenantServers servers,
        DatabaseSecrets databaseSecrets,
        FreeSpace freeSpace,
        SnapshotFiles snapshotFiles,
        CloudDescription description) {

    /// Who does what of the port; together they are the whole of it.
    public record Parts(
            Secrets secrets,
            Databases databases,
            Snapshots snapshots,
            Schemas schemas,
            Routes routes,
            Workloads workloads,
            Exports exports,
            Inventory inventory,
            TaggedResources tagged) {}
}
