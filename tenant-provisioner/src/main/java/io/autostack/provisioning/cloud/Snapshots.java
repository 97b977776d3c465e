package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.List;
import java.util.UUID;

/// Copies of databases, kept apart from the live ones. The name of a snapshot is unique on the platform.
public interface Snapshots {

    /// A copy of the database as it is now. While it is being copied the database takes no connections; afterwards it
    /// is as it was, and a suspended one stays closed. Teaches `snapshot.takenAt` and `snapshot.bytes`.
    Outcome takeSnapshot(DatabaseWanted of, String snapshot);

    /// A new database with what the snapshot holds, an owner role of its own and the secret's password. One of that
    /// name that is this tenant's already is taken for what an earlier attempt built.
    Outcome restoreSnapshot(UUID tenant, String snapshot, DatabaseWanted into);

    /// That the database holds, table for table, what the snapshot holds.
    Outcome compareWithSnapshot(UUID tenant, String snapshot, DatabaseWanted restored);

    /// No snapshot any more. What carries another tenant's tag is left alone.
    Outcome removeSnapshot(UUID tenant, String snapshot);

    /// The complete snapshots of a tenant, oldest first.
    List<Snapshot> snapshots(UUID tenant);
}
