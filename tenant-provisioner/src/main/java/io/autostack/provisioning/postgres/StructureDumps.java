package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Lets `pg_dump` write the structure of a database where one of the server's major version is there, and tries
/// in an empty database whether that comes back; otherwise the platform writes it from the catalogues. The
/// program signs in with the tenant's rights alone and sees what the session sees that reads the rows.
@ApplicationScoped
class StructureDumps {

    private static final Logger LOG = Logger.getLogger(StructureDumps.class);
    private static final Duration TO_WRITE = Duration.ofSeconds(60);
    private static final Duration TO_TRY = Duration.ofMinutes(2);
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    /// `pg_dump` checks rows while they are loaded. What a function of the tenant's looks for need not be there
    /// yet.
    private static final String CHECKS_THAT_CALL = """
            select from pg_catalog.pg_constraint k
              join pg_catalog.pg_depend d on d.classid = k.tableoid and d.objid = k.oid
             where k.contype = 'c' and k.conrelid <> 0 and k.convalidated
               and d.refclassid in ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
               and d.refobjid >= 16384
               and not exists (select from pg_catalog.pg_depend e where e.classid = d.refclassid
                                  and e.objid = d.refobjid and e.deptype = 'e')
            """;

    private final TenantSessions sessions;
    private final FreeSpace space;
    private final PgDump program;

    @Inject
    StructureDumps(
            TenantSessions sessions,
            FreeSpace space,
            @ConfigProperty(name = "autostack.cloud.local.pg-dump", defaultValue = "pg_dump") String program) {
        this.sessions = sessions;
        this.space = space;
        this.program = new PgDump(program);
    }

    /// @param inside a session in a transaction that has exported the snapshot and goes on until all is written
    StructureScript of(TenantServer server, String database, UUID tenant, Connection inside, String snapshot)
            throws SQLException {
        var reason = program.whyNot(inside);
        if (reason.isPresent()) return new StructureScript.Own(reason.get());
        if (Sql.of(inside, CHECKS_THAT_CALL).exists())
            return new StructureScript.Own("a check calls a function that may need rows of other tables");
        try {
            return dumped(server, database, tenant, inside, snapshot);
        } catch (SQLException | IOException | IllegalStateException | IllegalArgumentException e) {
            LOG.infof("pg_dump does not write the structure of %s: %s", database, e.getMessage());
            return new StructureScript.Own("pg_dump could not write it");
        }
    }

    private StructureScript dumped(
            TenantServer server, String database, UUID tenant, Connection inside, String snapshot)
            throws SQLException, IOException {
        var written = written(server, database, snapshot);
        var taken = false;
        try (var trial = Trial.in(ScratchDatabases.open(server, tenant), TO_TRY, () -> space.obstacleToGoOn(server))) {
            var obstacle = obstacle(written, trial, inside);
            taken = obstacle.isEmpty();
            return taken
                    ? written
                    : new StructureScript.Own("what pg_dump wrote does not come back whole: " + obstacle.get());
        } finally {
            if (!taken) written.close();
        }
    }

    /// As the program wrote it.
    StructureScript written(TenantServer server, String database, String snapshot) throws SQLException, IOException {
        var before = SpooledRows.open();
        var after = SpooledRows.open();
        var written = new StructureScript.Dumped(program.version().orElse("unknown"), before, after);
        var whole = false;
        try {
            sessions.lend(server, database, login -> {
                section(server, database, login, "pre-data", snapshot, before);
                section(server, database, login, "post-data", snapshot, after);
                return true;
            });
            whole = true;
            return written;
        } finally {
            if (!whole) written.close();
        }
    }

    /// Why what was written is not the structure of the database that `inside` is in; empty when it is.
    static Optional<String> obstacle(StructureScript script, Trial trial, Connection inside)
            throws SQLException, IOException {
        for (var part : SchemaScript.Part.values())
            script.write(inside, part, OutputStream.nullOutputStream(), trial::run);
        return trial.structureObstacle(Structure.of(inside));
    }

    private void section(
            TenantServer server, String database, Login login, String section, String snapshot, SpooledRows into)
            throws SQLException {
        try {
            var answer = program.section(TO_WRITE, server, database, login, section, snapshot, bounded(into.in()));
            if (answer.code() != 0) throw new IllegalStateException(answer.said());
            if (!into.isWhole()) throw new IllegalStateException("the disk has no room for it");
        } catch (IOException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    /// A tenant decides how much there is to be written.
    private static OutputStream bounded(OutputStream out) {
        return new FilterOutputStream(out) {

            private long left = MAX_BYTES;

            @Override
            public void write(int letter) throws IOException {
                write(new byte[] {(byte) letter}, 0, 1);
            }

            @Override
            public void write(byte[] text, int offset, int length) throws IOException {
                if ((left -= length) < 0) throw new IOException("it is longer than " + MAX_BYTES + " bytes");
                out.write(text, offset, length);
            }
        };
    }
}
