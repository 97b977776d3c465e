package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;

import io.autostack.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Which migrations a database has seen, written down inside it where its tenant cannot write: schema and
/// tables belong to the platform's role. A migration and its entry are committed one after the other, by two
/// sessions; the id of the migration's transaction is noted before either, so that after a crash the server
/// says whether it was committed.
final class SchemaHistory {

    static final String SCHEMA = "autostack";
    static final String TABLE = SCHEMA + ".flyway_schema_history";

    private static final String NOT_ALLOWED = "42501";
    private static final Pattern VERSION = Pattern.compile("[0-9][0-9._]{0,49}");

    private static final String OWNED = """
            select nspowner = (select oid from pg_roles where rolname = current_user) from pg_namespace
             where nspname = '%s'
            """.formatted(SCHEMA);

    /// Also one in an older history, which the tenant could write: it is asked as the tenant, who can fool only
    /// itself.
    private static final String CURRENT = """
            select version from %1$s.flyway_schema_history h
             where success and version is not null %2$s
             order by installed_rank desc limit 1
            """;

    private static final String COMMITTED = """
            and not exists (select from %s.migration_attempt a where a.version = h.version
                               and coalesce(pg_xact_status(a.xid), 'committed') <> 'committed')
            """.formatted(SCHEMA);

    private static final String ADD_COMMITTED = """
            insert into %1$s (installed_rank, version, description, type, script, checksum, installed_by,
                              installed_on, execution_time, success)
            select (select coalesce(max(installed_rank), 0) from %1$s) + row_number() over (order by a.xid::text::numeric),
                   a.version, a.description, 'SQL', a.script, a.checksum, current_user, now(), 0, true
              from %2$s.migration_attempt a
             where coalesce(pg_xact_status(a.xid), 'committed') = 'committed'
               and not exists (select from %1$s h where h.version = a.version)
            """.formatted(TABLE, SCHEMA);

    private static final String REMOVE_ABORTED = """
            delete from %s h using %s.migration_attempt a
             where h.version = a.version and pg_xact_status(a.xid) = 'aborted'
            """.formatted(TABLE, SCHEMA);

    private static final String FORGET = """
            delete from %s.migration_attempt where coalesce(pg_xact_status(xid), 'committed') <> 'in progress'
            """.formatted(SCHEMA);

    private SchemaHistory() {}

    /// Everything that must be there before Flyway begins, and what a crash left open is settled. Flyway's path leads
    /// to this schema first: what a tenant could put into it would be ours to run.
    static void prepare(Connection platform) throws SQLException {
        execute(platform, "create schema if not exists " + SCHEMA);
        if (!isPlatforms(platform))
            throw new SQLException(
                    "the schema " + SCHEMA + " is kept for the platform, and belongs to somebody else", NOT_ALLOWED);
        execute(platform, "grant usage on schema " + SCHEMA + " to public");
        repair(platform);
    }

    /// After a migration, and before one: of what was noted only what still runs stays.
    static void repair(Connection platform) throws SQLException {
        if (exists(platform, "migration_attempt")) {
            execute(platform, REMOVE_ABORTED);
            execute(platform, ADD_COMMITTED);
            execute(platform, FORGET);
        }
        execute(platform, "grant select on all tables in schema " + SCHEMA + " to public");
    }

    /// Empty where there is no history yet; false where it is still the tenant's, as older installations had it.
    static boolean isPlatforms(Connection platform) throws SQLException {
        return Sql.of(platform, OWNED).find(row -> row.getBoolean(1)).orElse(true);
    }

    /// Of the newest migration that was committed; `0` when there was none.
    ///
    /// @param inside signed in with the tenant's rights
    static String version(Connection inside) throws SQLException {
        if (!exists(inside, "flyway_schema_history")) return "0";
        var query = CURRENT.formatted(SCHEMA, exists(inside, "migration_attempt") ? COMMITTED : "");
        return Sql.of(inside, query)
                .find(row -> row.getString(1))
                .filter(version -> VERSION.matcher(version).matches())
                .orElse("0");
    }

    /// Notes each migration's transaction while it is still open.
    static BaseCallback attempts(Connection platform) {
        return new BaseCallback() {
            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.AFTER_EACH_MIGRATE;
            }

            @Override
            public void handle(Event event, Context context) {
                try {
                    note(platform, context);
                } catch (SQLException e) {
                    throw new IllegalStateException("a migration's transaction could not be noted", e);
                }
            }

            @Override
            public String getCallbackName() {
                return "attempts";
            }
        };
    }

    private static void note(Connection platform, Context context) throws SQLException {
        var migration = context.getMigrationInfo();
        if (migration.getVersion() == null) return;
        var transaction = Sql.of(context.getConnection(), "select pg_catalog.pg_current_xact_id()::pg_catalog.text")
                .one(row -> row.getString(1));
        // Flyway makes its own table only in a schema that is empty, so this one comes after it.
        execute(platform, """
                create table if not exists %s.migration_attempt (
                    version text primary key, description text not null, script text not null, checksum integer,
                    xid xid8 not null)
                """.formatted(SCHEMA));
        Sql.update(
                platform,
                """
                insert into %s.migration_attempt (version, description, script, checksum, xid)
                values (?, ?, ?, ?, ?::xid8)
                on conflict (version) do update set xid = excluded.xid, checksum = excluded.checksum
                """.formatted(SCHEMA),
                migration.getVersion().getVersion(),
                String.valueOf(migration.getDescription()),
                migration.getScript(),
                migration.getChecksum(),
                transaction);
    }

    private static boolean exists(Connection inside, String table) throws SQLException {
        return Sql.of(
                        inside,
                        "select 1 from pg_catalog.pg_tables where schemaname = '" + SCHEMA + "' and tablename = '"
                                + table + "'")
                .exists();
    }
}
