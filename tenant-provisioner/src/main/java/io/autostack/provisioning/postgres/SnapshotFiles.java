package io.autostack.provisioning.postgres;

import io.autostack.provisioning.cloud.LivesElsewhere;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// Snapshots as files that can be taken elsewhere.
public interface SnapshotFiles {

    /// Why there can be none, in words for a person; empty when there can.
    Optional<String> whyNot(Connection admin) throws SQLException;

    /// @param login may read the snapshot as its role
    /// @return what a person reads about the file
    String write(TenantServer server, UUID tenant, String snapshot, Login login);

    /// No file of the snapshot any more.
    ///
    /// @throws LivesElsewhere there may be one on another machine as well
    void remove(UUID tenant, String snapshot);
}
