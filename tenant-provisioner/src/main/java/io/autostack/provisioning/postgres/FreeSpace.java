package io.autostack.provisioning.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/// Whether a server's disk has room for what the platform itself writes there.
public interface FreeSpace {

    /// Why a copy of a database cannot be made beside it, in words for a person; empty when it can.
    Optional<String> obstacleToCopy(TenantServer server, String database) throws SQLException, IOException;

    /// Why nothing more may be written on the platform's own account, in the same words: the rest is for the server.
    Optional<String> obstacleToGoOn(TenantServer server) throws IOException;
}
