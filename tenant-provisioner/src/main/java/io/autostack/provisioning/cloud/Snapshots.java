package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.List;
import java.util.UUID;

/// Copies of databases, kept apart from the live ones. The name of a snapshot is unique on the platform.
public interface Snapshots {

    /// A copy of the database as it is now. While it is being copied the database takes no connections; afterwards it
    /// is as it was, and a suspended one stays closed. Teaches `snapshot.takenAt` and `snapshot.bytes`.
    Outcome takeSnapshot(DatabaseSpec of, String snapshot);

    /// A new database with what the snapshot holds, an owner role of its own and the secret's password. One of that
    /// name that is this tenant's already is taken for what an earlier attempt built.
    Outcome restoreSnapshot(UUID tenant, String snapshot, DatabaseSpec into);

    /// That the database holds, table for table, what the snapshot holds.
    Outcome compareWithSnapshot(UUID tenant, String snapshot, DatabaseSpec restored);

    /// A file of the snapshot that can be taken elsewhere, where a program is there that writes one; otherwise the
    /// evidence says why there is none. Teaches `snapshot.file`.
    Outcome dumpSnapshot(UUID tenant, String snapshot);

    /// No snapshot any more, and no file of it. What carries another tenant's tag is left alone.
    Outcome removeSnapshot(UUID tenant, String snapshot);

    /// The complete snapshots of a tenant, oldest first.
    List<Snapshot> snapshots(UUID tenant);
}
