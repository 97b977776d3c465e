package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static io.autostack.jdbc.Sql.quoted;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ExportTarget;
import io.autostack.provisioning.cloud.Exports;
import io.autostack.provisioning.postgres.Contents.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Reads databases of a tenant from one end to the other: the description from the catalogues, the rows by `COPY`. It
/// reads with the tenant's rights, and trusts nothing it finds: a policy that would hide rows is an error. What is
/// handed out is imported on the way into a scratch database, and compared.
@ApplicationScoped
public class DatabaseExport implements Exports {

    private static final Logger LOG = Logger.getLogger(DatabaseExport.class);
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String NOT_ALLOWED = "42501";
    private static final int SILENCE_MILLIS = 600_000;

    /// What a database that a tenant was moved or restored to has behind the name it began with. No app is a number.
    private static final Pattern COPY = Pattern.compile("__[0-9]+$");

    private static final String DATABASES = """
            select datname from pg_database
             where shobj_description(oid, 'pg_database') = ?
               and (datname = ? or starts_with(datname, ?) and datname !~ '__[0-9]+$')
             order by length(datname), datname
            """;

    private static final String TABLES = """
            select n.nspname, c.relname, format('%%I.%%I', n.nspname, c.relname) as shown,
                   c.relforcerowsecurity as hidden, has_table_privilege(c.oid, 'select') as readable
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and %s
             order by n.nspname, c.relname
            """.formatted(SchemaScript.OF_THE_TENANT);

    private final TenantServers servers;
    private final TenantSessions sessions;
    private final FreeSpace space;
    private final StructureDumps structures;

    @Inject
    DatabaseExport(TenantServers servers, TenantSessions sessions, FreeSpace space, StructureDumps structures) {
        this.servers = servers;
        this.sessions = sessions;
        this.space = space;
        this.structures = structures;
    }

    private record Database(TenantServer server, String name) {}

    /// @param shown the name as the server writes it
    private record Table(String schema, String name, String shown, boolean hidden, boolean readable) {

        String quotedName() {
            return quoted(schema) + "." + quoted(name);
        }
    }

    @Override
    public Optional<String> findExportObstacle(DatabaseSpec desired) {
        try {
            var databases = databases(desired);
            if (databases.stream().noneMatch(database -> database.name().equals(desired.name())))
                return Optional.of("There is no database " + desired.name() + ". Restore it, then export again.");
            for (var database : databases)
                try (var inside = connect(database)) {
                    for (var table : tables(inside)) {
                        if (!table.readable())
                            return Optional.of("The owner of the table " + table.quotedName() + " in " + database.name()
                                    + " may not read it. Grant select on it, then export again.");
                        if (!table.hidden()) continue;
                        var why = whyNotShown(inside, table);
                        if (why.isPresent())
                            return Optional.of("The table " + table.quotedName() + " in " + database.name()
                                    + " hides rows even from its owner. " + why.get());
                    }
                }
            return Optional.empty();
        } catch (SQLException e) {
            if (TOO_MANY_CONNECTIONS.equals(e.getSQLState()))
                return Optional.of("All connections of the plan are in use, and an export needs one. Close one, or try"
                        + " again in a moment.");
            throw new IllegalStateException("the databases of " + desired.name() + " cannot be looked at", e);
        }
    }

    @Override
    public void exportDatabases(DatabaseSpec desired, ExportTarget target) throws IOException {
        try {
            for (var database : databases(desired))
                write(database, desired.tenant(), database.name().equals(desired.name()), target);
        } catch (SQLException e) {
            if (e.getCause() instanceof IOException gone) throw gone;
            throw new IllegalStateException("the export of " + desired.name() + " broke off", e);
        }
    }

    private void write(Database database, UUID tenant, boolean own, ExportTarget target)
            throws SQLException, IOException {
        var held = new TreeMap<String, Part>();
        var spooled = new HashMap<String, Spooled>();
        // What is left of the trial can go only when no session is in the middle of a statement any more.
        try (var trial = trial(database, tenant);
                var inside = connect(database)) {
            inside.setAutoCommit(false);
            execute(inside, "set transaction isolation level repeatable read, read write");
            var snapshot = exportSnapshot(inside);
            for (var table : tables(inside))
                if (table.hidden()) spooled.put(table.quotedName(), spool(inside, table, held));
            var tables = tables(inside);
            for (var table : tables) execute(inside, "lock table only " + table.quotedName() + " in access share mode");
            try (var structure = structures.of(database.server(), database.name(), tenant, inside, snapshot)) {
                target.begin(described(inside, database, own, structure.writer()));
                writeFiles(inside, tables, spooled, structure, trial, target);
            }
            target.end(trial.end(Contents.within(inside, held)));
            inside.rollback();
        } finally {
            for (var rows : spooled.values()) rows.file().close();
        }
    }

    private static void writeFiles(
            Connection inside,
            List<Table> tables,
            Map<String, Spooled> spooled,
            StructureScript structure,
            Trial trial,
            ExportTarget target)
            throws IOException {
        add(target, inside, structure, SchemaScript.Part.BEFORE_THE_ROWS, trial);
        for (var table : tables)
            target.add(
                    ExportTarget.File.table(table.schema(), table.name()),
                    out -> written(out, to -> copy(inside, table, spooled.get(table.quotedName()), trial, to)));
        add(target, inside, structure, SchemaScript.Part.AFTER_THE_ROWS, trial);
    }

    private static void add(
            ExportTarget target, Connection inside, StructureScript structure, SchemaScript.Part part, Trial trial)
            throws IOException {
        target.add(
                ExportTarget.File.description(part.file()),
                out -> written(out, to -> structure.write(inside, part, to, trial::run)));
    }

    /// So that another session sees the same moment.
    private static String exportSnapshot(Connection inside) throws SQLException {
        return Sql.of(inside, "select pg_catalog.pg_export_snapshot()").one(row -> row.getString(1));
    }

    /// Where there is room for a copy. An export is handed out all the same where there is none.
    private Trial trial(Database database, UUID tenant) {
        try {
            var obstacle = space.obstacleToCopy(database.server(), database.name());
            return obstacle.isPresent()
                    ? Trial.none(obstacle.get())
                    : Trial.in(
                            ScratchDatabases.open(database.server(), tenant),
                            Trial.PATIENCE,
                            () -> space.obstacleToGoOn(database.server()));
        } catch (SQLException | IOException e) {
            LOG.infof(
                    "the export of %s is not tried out: %s",
                    database.name(), e instanceof SQLException said ? Refusal.words(said) : e.getMessage());
            return Trial.none("no scratch database could be made on the server");
        }
    }

    /// What was read of a table whose policies hold for its owner as well.
    private record Spooled(SpooledRows file, long rows) {}

    /// Policies are lifted within a savepoint, which nobody else sees, and which nobody else gets past: that lasts for
    /// as long as the rows go to the disk, not for as long as somebody takes them from there.
    private static Spooled spool(Connection inside, Table table, SortedMap<String, Part> held)
            throws SQLException, IOException {
        var file = SpooledRows.open();
        var before = inside.setSavepoint();
        try {
            execute(inside, Contents.seeAll(table.quotedName()));
            var rows = copyOut(inside, table, file.in());
            if (!file.isWhole()) throw new IOException("the disk has no room for the rows of " + table.quotedName());
            held.put(table.shown(), Contents.rows(inside, table.quotedName()));
            return new Spooled(file, rows);
        } catch (SQLException | IOException e) {
            file.close();
            throw e;
        } finally {
            inside.rollback(before);
        }
    }

    /// Tries what is to be done, and takes it back.
    private static Optional<String> whyNotShown(Connection inside, Table table) throws SQLException {
        inside.setAutoCommit(false);
        try {
            execute(inside, "set local lock_timeout = '3s'");
            execute(inside, Contents.seeAll(table.quotedName()));
            return Optional.empty();
        } catch (SQLException e) {
            return switch (e.getSQLState()) {
                case SchemaProblems.TABLE_IN_USE ->
                    Optional.of("To read all of them nobody else may use it for a moment, and somebody does. Try again"
                            + " when that has ended.");
                case NOT_ALLOWED ->
                    Optional.of("It belongs to another role than the database's own. Let that role run “alter table …"
                            + " no force row level security”, then export again.");
                case null, default -> throw e;
            };
        } finally {
            inside.rollback();
            inside.setAutoCommit(true);
        }
    }

    private static long copy(Connection inside, Table table, @Nullable Spooled spooled, Trial trial, OutputStream out)
            throws SQLException, IOException {
        if (spooled != null) return handOut(spooled, table, trial, out);
        try (var file = SpooledRows.open()) {
            long rows = copyOut(inside, table, file.in());
            if (file.isWhole()) return handOut(new Spooled(file, rows), table, trial, out);
        }
        try (var rows = trial.rows(table.quotedName(), out)) {
            long copied = copyOut(inside, table, rows);
            rows.end();
            return copied;
        }
    }

    private static long handOut(Spooled spooled, Table table, Trial trial, OutputStream out) throws IOException {
        try (var rows = trial.rows(table.quotedName(), OutputStream.nullOutputStream())) {
            spooled.file().copyTo(rows);
            rows.end();
        }
        spooled.file().copyTo(out);
        return spooled.rows();
    }

    private static long copyOut(Connection inside, Table table, OutputStream out) throws SQLException, IOException {
        return inside.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy " + table.quotedName() + " to stdout (format csv, header)", out);
    }

    private interface Content {
        long writeTo(OutputStream out) throws SQLException, IOException;
    }

    private static long written(OutputStream out, Content content) throws IOException {
        try {
            return content.writeTo(out);
        } catch (SQLException e) {
            if (e.getCause() instanceof IOException gone) throw gone;
            throw new IllegalStateException("the database does not answer any more", e);
        }
    }

    private static ExportTarget.Database described(
            Connection inside, Database database, boolean own, ExportTarget.Writer writer) throws SQLException {
        return Sql.of(inside, "select now(), current_setting('server_version')")
                .one(row -> new ExportTarget.Database(
                        database.name(),
                        own,
                        "PostgreSQL " + row.getString(2),
                        row.getTimestamp(1).toInstant(),
                        writer));
    }

    private Connection connect(Database database) throws SQLException {
        var inside = sessions.openPatiently(database.server(), database.name());
        inside.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
        execute(inside, Contents.SETTINGS);
        return inside;
    }

    private List<Database> databases(DatabaseSpec desired) throws SQLException {
        var found = new ArrayList<Database>();
        for (var server : servers.all(desired.tenant())) found.addAll(databases(server, desired));
        return found.stream()
                .sorted(Comparator.comparing(database -> !database.name().equals(desired.name())))
                .toList();
    }

    private static List<Database> databases(TenantServer server, DatabaseSpec desired) throws SQLException {
        try (var admin = server.connect()) {
            return Sql.of(
                            admin,
                            DATABASES,
                            TenantTag.of(desired.tenant()),
                            desired.name(),
                            COPY.matcher(desired.name()).replaceFirst("") + "__")
                    .list(row -> new Database(server, row.getString(1)));
        }
    }

    private static List<Table> tables(Connection inside) throws SQLException {
        return Sql.of(inside, TABLES)
                .list(row -> new Table(
                        row.getString("nspname"),
                        row.getString("relname"),
                        row.getString("shown"),
                        row.getBoolean("hidden"),
                        row.getBoolean("readable")));
    }
}
