package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.SchemaReading;
import java.sql.Connection;
import java.sql.SQLException;

/// What the catalogue says about the objects of a database, as one number: two databases with the same one have the
/// same structure, in whatever order it came to them.
final class Fingerprint {

    /// Which definition a fingerprint was made by. Those of different definitions say nothing about each other.
    private static final String DEFINITION = "2:";

    private Fingerprint() {}

    /// @param inside a connection to the database; nothing else is done with it
    static SchemaReading.Observed of(Connection inside) throws SQLException {
        Sql.execute(inside, "set lock_timeout = '3s'");
        return new SchemaReading.Observed(SchemaHistory.version(inside), DEFINITION + Structure.fingerprint(inside));
    }
}
