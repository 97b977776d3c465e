package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.provisioning.postgres.DebianPostgres;
import io.autostack.provisioning.postgres.Login;
import io.autostack.provisioning.postgres.TenantServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Files of `pg_dump` are complete, nobody else's, and can be read back; with a server of the client's major
/// version, where Debian's is installed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DumpFilesTest {

    private static final String SNAPSHOT = "snapshot_01";
    private static final String PASSWORD = "of the snapshot";

    private final UUID tenant = UUID.randomUUID();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Path programs;

    @SuppressWarnings("NullAway.Init")
    private DebianPostgres debian;

    @SuppressWarnings("NullAway.Init")
    private TenantServer server;

    @BeforeAll
    void a_snapshot_with_three_rows() throws IOException, SQLException {
        var found = DebianPostgres.programs();
        assumeTrue(found.isPresent(), "Debian's PostgreSQL, server and clients, is not installed here");
        programs = found.get();
        debian = DebianPostgres.start(programs);
        server = new TenantServer(debian.url("postgres"), "postgres", DebianPostgres.PASSWORD);
        try (var admin = server.connect("postgres");
                var statement = admin.createStatement()) {
            statement.execute("create role " + SNAPSHOT + " login password '" + PASSWORD + "'");
            statement.execute("create database " + SNAPSHOT + " owner " + SNAPSHOT);
            statement.execute("create database read_back");
        }
        try (var inside = DriverManager.getConnection(debian.url(SNAPSHOT), SNAPSHOT, PASSWORD);
                var statement = inside.createStatement()) {
            statement.execute(
                    "create table public.entry as select n as id, 'entry ' || n as text from generate_series(1, 3) n");
        }
    }

    @AfterAll
    void end() throws IOException {
        if (server != null) server.close();
        if (debian != null) debian.close();
    }

    @Test
    void what_was_in_the_snapshot_can_be_read_back_from_a_file_that_nobody_else_reads() throws Exception {
        var files = files("pg_dump");
        try (var admin = server.connect()) {
            assertThat(files.whyNot(admin)).isEmpty();
        }
        var cutOff = Files.createDirectories(home.resolve("backups").resolve(tenant.toString()))
                .resolve(SNAPSHOT + ".half");
        Files.writeString(cutOff, "half of one");

        var said = files.write(server, tenant, SNAPSHOT, new Login(SNAPSHOT, PASSWORD));

        assertThat(said).startsWith(file() + ", ").endsWith(Files.size(file()) + " bytes");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(cutOff).doesNotExist();
        assertThat(readBack()).isEqualTo("entry 1, entry 2, entry 3");

        files.remove(tenant, SNAPSHOT);
        files.remove(tenant, SNAPSHOT);
        assertThat(file()).doesNotExist();
    }

    @Test
    void what_cannot_be_dumped_leaves_no_file_and_no_password() {
        assertThatThrownBy(
                        () -> files("pg_dump").write(server, tenant, SNAPSHOT, new Login(SNAPSHOT, "another password")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pg_dump failed")
                .hasMessageContaining("authentication failed")
                .hasMessageNotContaining("another password");

        assertThat(file()).doesNotExist();
    }

    @Test
    void a_client_that_is_missing_or_of_another_version_is_told_apart() throws IOException, SQLException {
        var old = home.resolve("old-pg-dump");
        Files.writeString(old, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwx------"));
        try (var admin = server.connect()) {
            assertThat(new DumpFiles(old.toString(), home).whyNot(admin))
                    .hasValueSatisfying(why -> assertThat(why).contains("is of version 9, the server of "));
            assertThat(new DumpFiles(home + "/none", home).whyNot(admin))
                    .hasValueSatisfying(why -> assertThat(why).startsWith("there is no program"));
        }
    }

    private DumpFiles files(String program) {
        return new DumpFiles(programs.resolve(program).toString(), home);
    }

    private Path file() {
        return home.resolve("backups").resolve(tenant.toString()).resolve(SNAPSHOT + ".dump");
    }

    private String readBack() throws IOException, InterruptedException, SQLException {
        var builder = new ProcessBuilder(List.of(
                        programs.resolve("pg_restore").toString(),
                        "--exit-on-error",
                        "--host=127.0.0.1",
                        "--port=" + debian.port(),
                        "--username=postgres",
                        "--dbname=read_back",
                        file().toString()))
                .inheritIO();
        builder.environment().put("PGPASSWORD", DebianPostgres.PASSWORD);
        var restore = builder.start();
        assertThat(restore.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(restore.exitValue()).isZero();
        try (var inside = server.connect("read_back");
                var statement = inside.createStatement();
                var row = statement.executeQuery("select string_agg(text, ', ' order by id) from public.entry")) {
            row.next();
            return row.getString(1);
        }
    }
}
