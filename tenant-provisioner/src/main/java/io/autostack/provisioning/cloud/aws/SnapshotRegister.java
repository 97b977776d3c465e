package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is known of snapshots that only RDS can read: of which database each is, and what that one held.
@ApplicationScoped
class SnapshotRegister {

    private static final String ENTRIES = """
            select name, tenant_id, database_name, taken_at, bytes, contents::text as contents, complete
              from provisioning.rds_snapshot
            """;

    private final PlatformDatabase platform;

    @Inject
    SnapshotRegister(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// @param contents that the database held, as JSON
    /// @param complete whether RDS has all of it
    record Entry(Snapshot snapshot, String contents, boolean complete) {}

    Optional<Entry> find(UUID tenant, String name) {
        return platform.alone(
                connection -> Sql.of(connection, ENTRIES + "where name = ? and tenant_id = ?", name, tenant)
                        .find(SnapshotRegister::entry));
    }

    List<Entry> of(UUID tenant) {
        return platform.alone(
                connection -> Sql.of(connection, ENTRIES + "where tenant_id = ? order by taken_at", tenant)
                        .list(SnapshotRegister::entry));
    }

    /// Before RDS is asked. What is written down already stays.
    void begin(UUID tenant, String name, String database, Instant at, long bytes, String contents) {
        platform.alone(connection ->
                Sql.update(connection, """
                insert into provisioning.rds_snapshot (name, tenant_id, database_name, taken_at, bytes, contents)
                values (?, ?, ?, ?, ?, ?::jsonb)
                on conflict (name) do nothing
                """, name, tenant, database, at.atOffset(ZoneOffset.UTC), bytes, contents));
    }

    /// @param contents what stayed the same while it was taken
    void complete(UUID tenant, String name, String contents) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.rds_snapshot set complete = true, contents = ?::jsonb"
                        + " where name = ? and tenant_id = ?",
                contents,
                name,
                tenant));
    }

    void removed(UUID tenant, String name) {
        platform.alone(connection -> Sql.update(
                connection, "delete from provisioning.rds_snapshot where name = ? and tenant_id = ?", name, tenant));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new Snapshot(
                        row.getString("name"),
                        row.getObject("tenant_id", UUID.class),
                        row.getString("database_name"),
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        row.getLong("bytes")),
                row.getString("contents"),
                row.getBoolean("complete"));
    }
}
