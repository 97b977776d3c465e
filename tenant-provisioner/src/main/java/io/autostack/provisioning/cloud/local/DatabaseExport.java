package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import io.autostack.provisioning.cloud.DatabaseWanted;
import io.autostack.provisioning.cloud.ExportTarget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/// Reads databases of a tenant from one end to the other: the description from the catalogues, the rows by
/// `COPY`. It reads with the tenant's rights, and trusts nothing it finds: a policy that would hide rows is an
/// error.
@ApplicationScoped
class DatabaseExport {

    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final int SILENCE_MILLIS = 600_000;

    /// The same text for the same value, whatever the database or its owner has set; and nothing may run out of
    /// time.
    private static final String SETTINGS = """
            set search_path = pg_catalog; set row_security = off; set client_min_messages = error;
            set statement_timeout = 0; set transaction_timeout = 0; set idle_in_transaction_session_timeout = 0;
            set lock_timeout = '10s'; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
            set bytea_output = 'hex'; set extra_float_digits = 1; set xmlbinary = 'base64'
            """;

    /// What a database that a tenant was moved or restored to has behind the name it began with. No app is a
    /// number.
    private static final Pattern COPY = Pattern.compile("__[0-9]+$");

    private static final String DATABASES = """
            select datname from pg_database
             where shobj_description(oid, 'pg_database') = ?
               and (datname = ? or starts_with(datname, ?) and datname !~ '__[0-9]+$')
             order by length(datname), datname
            """;

    private static final String TABLES = """
            select n.nspname, c.relname, c.relforcerowsecurity as hidden, has_table_privilege(c.oid, 'select') as readable
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and %s
             order by n.nspname, c.relname
            """.formatted(SchemaScript.OF_THE_TENANT);

    private final TenantServers servers;
    private final TenantSessions sessions;

    @Inject
    DatabaseExport(TenantServers servers, TenantSessions sessions) {
        this.servers = servers;
        this.sessions = sessions;
    }

    private record Database(TenantServer server, String name) {}

    private record Table(String schema, String name, boolean hidden, boolean readable) {

        String quotedName() {
            return quoted(schema) + "." + quoted(name);
        }
    }

    Optional<String> obstacle(DatabaseWanted wanted) {
        try {
            var databases = databases(wanted);
            if (databases.stream().noneMatch(database -> database.name().equals(wanted.name())))
                return Optional.of("There is no database " + wanted.name() + ". Restore it, then export again.");
            for (var database : databases)
                try (var inside = connect(database)) {
                    for (var table : tables(inside)) {
                        if (table.hidden())
                            return Optional.of("The table " + table.quotedName() + " in " + database.name()
                                    + " hides rows even from its owner. Let the owner run “alter table … no force row"
                                    + " level security”, then export again.");
                        if (!table.readable())
                            return Optional.of("The owner of the table " + table.quotedName() + " in " + database.name()
                                    + " may not read it. Grant select on it, then export again.");
                    }
                }
            return Optional.empty();
        } catch (SQLException refused) {
            if (TOO_MANY_CONNECTIONS.equals(refused.getSQLState()))
                return Optional.of("All connections of the plan are in use, and an export needs one. Close one, or try"
                        + " again in a moment.");
            throw new IllegalStateException("the databases of " + wanted.name() + " cannot be looked at", refused);
        }
    }

    void write(DatabaseWanted wanted, ExportTarget target) throws IOException {
        try {
            for (var database : databases(wanted))
                write(database, database.name().equals(wanted.name()), target);
        } catch (SQLException brokenOff) {
            if (brokenOff.getCause() instanceof IOException gone) throw gone;
            throw new IllegalStateException("the export of " + wanted.name() + " broke off", brokenOff);
        }
    }

    private void write(Database database, boolean own, ExportTarget target) throws SQLException, IOException {
        try (var inside = connect(database)) {
            inside.setReadOnly(true);
            inside.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            inside.setAutoCommit(false);
            target.begin(described(inside, database, own));
            var tables = tables(inside);
            for (var table : tables) execute(inside, "lock table only " + table.quotedName() + " in access share mode");
            for (var part : SchemaScript.Part.values())
                target.add(
                        ExportTarget.File.description(part.file()),
                        out -> written(out, to -> SchemaScript.write(inside, part, to)));
            for (var table : tables)
                target.add(
                        ExportTarget.File.table(table.schema(), table.name()),
                        out -> written(out, to -> copy(inside, table, to)));
        }
    }

    private static long copy(Connection inside, Table table, OutputStream out) throws SQLException, IOException {
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
        } catch (SQLException brokenOff) {
            if (brokenOff.getCause() instanceof IOException gone) throw gone;
            throw new IllegalStateException("the database does not answer any more", brokenOff);
        }
    }

    private static ExportTarget.Database described(Connection inside, Database database, boolean own)
            throws SQLException {
        try (var select = inside.createStatement();
                var row = select.executeQuery("select now(), current_setting('server_version')")) {
            row.next();
            return new ExportTarget.Database(
                    database.name(),
                    own,
                    "PostgreSQL " + row.getString(2),
                    row.getTimestamp(1).toInstant());
        }
    }

    private Connection connect(Database database) throws SQLException {
        var inside = sessions.openPatiently(database.server(), database.name());
        inside.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
        execute(inside, SETTINGS);
        return inside;
    }

    private List<Database> databases(DatabaseWanted wanted) throws SQLException {
        var found = new ArrayList<Database>();
        for (var server : servers.all(wanted.tenant())) found.addAll(databases(server, wanted));
        return found.stream()
                .sorted(Comparator.comparing(database -> !database.name().equals(wanted.name())))
                .toList();
    }

    private static List<Database> databases(TenantServer server, DatabaseWanted wanted) throws SQLException {
        var found = new ArrayList<Database>();
        try (var admin = server.connect();
                var select = admin.prepareStatement(DATABASES)) {
            select.setString(1, TenantDatabases.tag(wanted.tenant()));
            select.setString(2, wanted.name());
            select.setString(3, COPY.matcher(wanted.name()).replaceFirst("") + "__");
            try (var rows = select.executeQuery()) {
                while (rows.next()) found.add(new Database(server, rows.getString(1)));
            }
        }
        return found;
    }

    private static List<Table> tables(Connection inside) throws SQLException {
        var found = new ArrayList<Table>();
        try (var select = inside.createStatement();
                var rows = select.executeQuery(TABLES)) {
            while (rows.next())
                found.add(new Table(
                        rows.getString("nspname"),
                        rows.getString("relname"),
                        rows.getBoolean("hidden"),
                        rows.getBoolean("readable")));
        }
        return found;
    }
}
