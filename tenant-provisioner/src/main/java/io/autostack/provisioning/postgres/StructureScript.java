package io.autostack.provisioning.postgres;

import io.autostack.provisioning.cloud.ExportTarget.Writer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/// What writes the structure of a database into an export.
sealed interface StructureScript extends AutoCloseable {

    /// Who that is.
    Writer writer();

    /// @param also is told every statement
    /// @return how many statements
    long write(Connection database, SchemaScript.Part part, OutputStream out, Consumer<String> also)
            throws SQLException, IOException;

    @Override
    void close() throws IOException;

    /// Made from the catalogues.
    ///
    /// @param why it is not `pg_dump` that writes
    record Own(String why) implements StructureScript {

        @Override
        public Writer writer() {
            return new Writer.Platform(why);
        }

        @Override
        public long write(Connection database, SchemaScript.Part part, OutputStream out, Consumer<String> also)
                throws SQLException, IOException {
            return SchemaScript.write(database, part, out, also);
        }

        @Override
        public void close() {}
    }

    /// What `pg_dump` wrote. Where sequences are is among its rows, and rights are of roles that nobody knows
    /// elsewhere: both come from the catalogues all the same.
    record Dumped(String version, SpooledRows before, SpooledRows after) implements StructureScript {

        @Override
        public Writer writer() {
            return new Writer.PgDump(version);
        }

        @Override
        public long write(Connection database, SchemaScript.Part part, OutputStream out, Consumer<String> also)
                throws SQLException, IOException {
            var script = switch (part) {
                case BEFORE_THE_ROWS -> before;
                case AFTER_THE_ROWS -> after;
            };
            return SchemaScript.write(
                    database, part, new InputStreamReader(script.read(), StandardCharsets.UTF_8), out, also);
        }

        @Override
        public void close() throws IOException {
            try (before) {
                after.close();
            }
        }
    }
}
