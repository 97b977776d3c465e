package io.autostack.provisioning.cloud;

import java.io.IOException;
import java.util.Optional;

/// Everything that a tenant has in databases, handed out.
public interface Exports {

    /// What stands in the way, in a sentence that says what to do; empty when nothing does.
    Optional<String> findExportObstacle(DatabaseSpec desired);

    /// Hands out the tenant's database and those of its apps, file after file, each database as it is at one moment. A
    /// database that refuses connections is read all the same, and stays closed to everybody else.
    ///
    /// @throws IOException when the target takes no more
    void exportDatabases(DatabaseSpec desired, ExportTarget target) throws IOException;
}
