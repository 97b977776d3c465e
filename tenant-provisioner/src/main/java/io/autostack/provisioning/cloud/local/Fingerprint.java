package io.autostack.provisioning.cloud.local;

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
    static SchemaReading.Found of(Connection inside) throws SQLException {
        TenantTemplate.execute(inside, "set lock_timeout = '3s'");
        return new SchemaReading.Found(version(inside), DEFINITION + Structure.fingerprint(inside));
    }

    private static String version(Connection inside) throws SQLException {
        if (!TenantTemplate.exists(
                inside,
                "select 1 from pg_catalog.pg_tables where schemaname = '" + SchemaFiles.HISTORY
                        + "' and tablename = 'flyway_schema_history'")) return "0";
        return text(inside, """
                select coalesce((select version from %s.flyway_schema_history
                                  where success and version is not null order by installed_rank desc limit 1), '0')
                """.formatted(SchemaFiles.HISTORY));
    }

    private static String text(Connection inside, String query) throws SQLException {
        try (var statement = inside.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
