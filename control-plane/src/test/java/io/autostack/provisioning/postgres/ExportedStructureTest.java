package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ExportTarget;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Whoever writes the structure into an export: what is handed out has come back whole before, and no program
/// that says it is `pg_dump` ends an export, or gets anything done but statements in a scratch database. What
/// the real one writes is in `StructureDumpsTest`, with a server of its version.
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportedStructureTest {

    private static final String VERSION = "case $1 in --version) echo 'pg_dump (PostgreSQL) 18.77'; exit;; esac\n";

    private final Cloud cloud;
    private final TenantServers servers;
    private final TenantSessions sessions;
    private final FreeSpace space;
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenant_" + Onboarding.freshSlug();
    private final DatabaseSpec live = new DatabaseSpec(tenant, name, "tests/" + name, true);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @Inject
    ExportedStructureTest(Cloud cloud, TenantServers servers, TenantSessions sessions, FreeSpace space) {
        this.cloud = cloud;
        this.servers = servers;
        this.sessions = sessions;
        this.space = space;
    }

    @BeforeAll
    void a_tenant_with_rows() throws SQLException, IOException {
        done(cloud.ensureSecret(
                tenant, live.secret(), Map.of("username", name, "password", "p4ssword-" + UUID.randomUUID())));
        done(cloud.ensureDatabase(live));
        run("""
                create table app.bill (id int generated always as identity primary key, n int not null);
                insert into app.bill (n) select n from generate_series(1, 30) n
                """);
        try (var inside = sessions.open(servers.shared(), name)) {
            inside.setAutoCommit(false);
            for (var part : SchemaScript.Part.values()) {
                var text = new ByteArrayOutputStream();
                SchemaScript.write(inside, part, text, statement -> {});
                Files.writeString(
                        folder.resolve(part == SchemaScript.Part.BEFORE_THE_ROWS ? "pre-data" : "post-data"),
                        "\\restrict x1\n\n"
                                + text.toString(StandardCharsets.UTF_8).replaceAll("(?m)^select .*setval.*$", "")
                                + "\n\\unrestrict x1\n");
            }
        }
    }

    @AfterAll
    void gone() {
        cloud.removeDatabase(live);
    }

    @Test
    void t35_what_came_back_whole_is_handed_out_and_named() throws IOException {
        var export = exported("for a; do case $a in --section=*) cat " + folder + "/${a#--section=};; esac; done");

        assertThat(export.writer).isEqualTo(new ExportTarget.Writer.PgDump("18.77"));
        assertThat(export.trial).isEqualTo(new ExportTarget.TrialImport.Equal());
        assertThat(export.files.get("schema.sql"))
                .contains("Written by pg_dump")
                .doesNotContain("restrict");
        assertThat(export.files.get("schema-after-data.sql")).contains("pg_catalog.setval('app.bill_id_seq', 30)");
    }

    @Test
    void t35_it_is_told_the_password_in_its_environment_and_a_login_that_is_only_the_tenant() throws IOException {
        var told = folder.resolve("told");
        exported("{ echo \"$@\"; env; } >" + told + "; exit 1");

        var lines = Files.readString(told);
        var password = lines.lines()
                .filter(line -> line.startsWith("PGPASSWORD="))
                .findFirst()
                .orElseThrow()
                .substring("PGPASSWORD=".length());
        assertThat(lines.lines().findFirst().orElseThrow())
                .contains("--username=" + TenantSessions.PREFIX, "--role=" + name, "--snapshot=", "--no-owner")
                .doesNotContain(password);
        assertThat(lines).doesNotContain("AUTOSTACK", "autostack_provisioner");
    }

    @Test
    void t35_what_does_not_come_back_is_written_by_the_platform_and_said() throws IOException {
        isOwn("exit 1", "pg_dump could not write it");
        isOwn("echo 'create table app.other (id int);'", "“create table app.other (id int);” is refused");
        isOwn("echo 'create schema app;'", "does not come back whole");
        isOwn("printf 'select 1'", "pg_dump could not write it");
        isOwn("yes 'select 1;'", "pg_dump could not write it");
        isOwn("kill -9 $$", "pg_dump could not write it");
    }

    @Test
    void t35_a_command_for_psql_is_neither_done_nor_handed_out() throws IOException {
        var harm = folder.resolve("harm");

        var export = isOwn(
                "echo 'create schema app;'; echo '\\! touch " + harm + "'; echo '\\copy x from program \"x\"'",
                "pg_dump could not write it");

        assertThat(harm).doesNotExist();
        assertThat(export.files.values()).noneMatch(text -> text.contains("touch"));
    }

    @Test
    void t35_checks_that_look_at_other_rows_are_not_made_before_those_are_there() throws SQLException, IOException {
        run("""
                create function app.most() returns bigint language sql stable as 'select count(*) from app.bill';
                create table app.a_first (n int check (n <= app.most())); insert into app.a_first values (30)
                """);
        try {
            isOwn("exit 0", "a check calls a function that may need rows of other tables");
        } finally {
            run("drop table app.a_first; drop function app.most()");
        }
    }

    @Test
    void t35_without_the_program_the_platform_writes() throws IOException {
        var export = new Export();
        export("/nowhere/pg_dump").exportDatabases(live, export);

        assertThat(export.writer)
                .isEqualTo(new ExportTarget.Writer.Platform("there is no program /nowhere/pg_dump on this machine"));
        assertThat(export.trial).isEqualTo(new ExportTarget.TrialImport.Equal());
        assertThat(export.files.get("schema.sql")).contains("set client_encoding = 'UTF8';");
    }

    private Export isOwn(String script, String reason) throws IOException {
        var export = exported(script);
        assertThat(export.writer)
                .as(script)
                .isInstanceOfSatisfying(
                        ExportTarget.Writer.Platform.class,
                        own -> assertThat(own.reason()).contains(reason));
        assertThat(export.trial).as(script).isEqualTo(new ExportTarget.TrialImport.Equal());
        return export;
    }

    private Export exported(String script) throws IOException {
        var program = Files.writeString(folder.resolve("program"), "#!/bin/bash\n" + VERSION + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        var export = new Export();
        export(program.toString()).exportDatabases(live, export);
        return export;
    }

    private DatabaseExport export(String program) {
        return new DatabaseExport(servers, sessions, space, new StructureDumps(sessions, space, program));
    }

    private void run(String sql) throws SQLException {
        var credentials = cloud.readSecret(live.secret()).orElseThrow().value();
        try (var inside = Server.as(credentials, name)) {
            TenantDatabase.execute(inside, sql);
        }
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    /// Takes an export and keeps what is in it.
    private static final class Export implements ExportTarget {

        private final Map<String, String> files = new HashMap<>();
        private TrialImport trial = new TrialImport.NotTried("nothing was said");
        private Writer writer = new Writer.Platform("nothing was said");

        @Override
        public void begin(Database database) {
            writer = database.structure();
        }

        @Override
        public void add(File file, Content content) throws IOException {
            var text = new ByteArrayOutputStream();
            content.writeTo(text);
            files.put(file.name() == null ? file.table() : file.name(), text.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void end(TrialImport came) {
            trial = came;
        }
    }
}
