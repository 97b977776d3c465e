package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;

/// The schema of tenants' databases, and how it moves on.
public interface Schemas {

    /// The versions that there are files for. The files are looked at anew each time.
    SchemaVersions schemaVersions();

    /// The version that a new database begins at: the newest one, until somebody says otherwise.
    String baselineVersion();

    /// New databases begin at this version from now on.
    void setBaselineVersion(String version);

    /// What new databases of this version are copied from is there. Making it tries the version out on an empty
    /// database.
    Outcome prepareSchema(String version);

    /// How the database is now.
    ///
    /// @param open true: one that takes no connections is opened for the reader alone; for whoever has the tenant's
    /// turn only
    SchemaReading readSchema(DatabaseSpec desired, boolean open);

    /// The database is at this version or a later one. What cannot be brought there stays as it was, and works on.
    Outcome migrateSchema(DatabaseSpec desired, String version);
}
