package io.autostack.tenancy.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The last entry of an archive: what is in it, and how to check that.
///
/// @param format always `autostack-export`
/// @param version of the archive's form
/// @param notes what a reader should know about the files
record Manifest(
        String format,
        int version,
        Tenant tenant,
        Instant exportedAt,
        String exportedBy,
        List<String> notes,
        List<Database> databases) {

    static final String FORMAT = "autostack-export";
    static final int VERSION = 2;
    static final String EQUAL = "equal";
    static final String DIFFERENT = "different";
    static final String NOT_TRIED = "not tried";
    static final List<String> NOTES = List.of(
            "Run schema.sql in an empty database that you own, load the CSV files, then run schema-after-data.sql.",
            "Before this archive was complete it was imported that way, and the result compared with the original;"
                    + " “import” says for each database whether they were equal, and lists what the archive does not"
                    + " cover. Owners, and rights on the schema public, are not compared.",
            "“files” says which table a file has the rows of; names of files are shortened and numbered where a system"
                    + " could not store them.",
            "CSV is PostgreSQL's own: UTF-8, header, empty is null, \"\" is an empty text, times in UTC."
                    + " Generated columns are not in it: the database makes them again.",
            "Rows of a partitioned table are in the files of its partitions. Views and the history of the baseline's"
                    + " migrations are left out.",
            "Files in buckets are not part of the archive.");

    record Tenant(UUID id, String slug, String name) {}

    /// @param app false for the tenant's own database
    /// @param asOf the moment that all its files show
    /// @param structure who wrote its scripts
    /// @param trial how its files were imported before the archive was complete
    record Database(
            String name,
            boolean app,
            String server,
            Instant asOf,
            Structure structure,
            @JsonProperty("import") Import trial,
            List<File> files) {}

    /// @param writer `pg_dump` or `AutoStack`
    /// @param reason why it was not `pg_dump`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Structure(
            String writer, String version, @Nullable String reason) {}

    /// @param result `equal`, `different` or `not tried`
    /// @param reason why it was not tried
    /// @param differences what the archive does not bring back, in sentences
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Import(String result, @Nullable String reason, List<String> differences) {}

    /// @param schema missing for a description
    /// @param rows of a table without the header; statements of a script
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record File(
            String path, @Nullable String schema, @Nullable String table, long rows, long bytes, String sha256) {}
}
