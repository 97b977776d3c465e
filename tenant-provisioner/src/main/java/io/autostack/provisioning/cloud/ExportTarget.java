package io.autostack.provisioning.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes an export, file after file, while it is made.
public interface ExportTarget {

    /// A database begins; its files follow.
    void begin(Database database) throws IOException;

    /// @param content writes the file and answers how many rows are in it
    void add(File file, Content content) throws IOException;

    /// All files of the database that began last are there.
    void end(TrialImport trial) throws IOException;

    /// What came of importing the files of a database.
    sealed interface TrialImport {

        /// Everything came back.
        record Equal() implements TrialImport {}

        /// @param differences in sentences for a person
        record Different(List<String> differences) implements TrialImport {}

        /// @param reason in words for a person
        record NotTried(String reason) implements TrialImport {}
    }

    /// @param own false for a database of one of the tenant's apps
    /// @param asOf the moment that all files of the database show
    /// @param structure who wrote the scripts
    record Database(String name, boolean own, String server, Instant asOf, Writer structure) {}

    /// Who writes the structure of a database as SQL.
    sealed interface Writer {

        /// @param version of the program
        record PgDump(String version) implements Writer {}

        /// The platform itself.
        ///
        /// @param reason why no other, in words for a person
        record Platform(String reason) implements Writer {}
    }

    /// One file about the database that began last.
    ///
    /// @param name of the description; null for a table
    /// @param schema of the table; empty for a description
    record File(@Nullable String name, String schema, String table) {

        public static File description(String name) {
            return new File(name, "", "");
        }

        public static File table(String schema, String table) {
            return new File(null, schema, table);
        }
    }

    /// What writes a file.
    interface Content {
        long writeTo(OutputStream out) throws IOException;
    }
}
