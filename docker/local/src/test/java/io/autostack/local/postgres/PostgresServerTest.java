package io.autostack.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    /// Where the build has unpacked them.
    private static final Path PROGRAMS = Path.of("target/postgres").toAbsolutePath();

    @TempDir
    Path home;

    private final List<PostgresServer> started = new ArrayList<>();

    @AfterEach
    void stop_what_was_started() {
        started.forEach(PostgresServer::stop);
    }

    @Test
    void a_first_start_makes_a_server_that_asks_for_a_password() {
        var server = start(home);

        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.superuser(), "guess")
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void what_was_committed_is_durable_and_sorted_the_same_everywhere() throws SQLException {
        var server = start(home);

        assertThat(List.of(
                        ask(server, "show fsync"),
                        ask(server, "show synchronous_commit"),
                        ask(server, "show data_checksums"),
                        ask(server, "select datlocale from pg_database where datname = 'template1'")))
                .containsExactly("on", "on", "on", "C.UTF-8");
    }

    @Test
    void it_is_reached_over_the_loopback_address_and_a_socket_in_its_own_folder_alone() throws SQLException {
        var server = start(home);

        assertThat(List.of(ask(server, "show listen_addresses"), ask(server, "show unix_socket_directories")))
                .containsExactly(
                        "127.0.0.1", server.socketFolder().map(Path::toString).orElse(""));
    }

    @Test
    void a_restart_keeps_data_password_and_port() throws SQLException {
        var first = start(home);
        ask(first, "create table kept as select 'still here' as note; select 1");
        first.stop();

        var second = start(home);

        assertThat(List.of(ask(second, "select note from kept"), second.password(), second.port()))
                .containsExactly("still here", first.password(), first.port());
    }

    @Test
    void an_orphan_is_adopted_after_its_owner_was_killed() throws Exception {
        var owner = ownerInAnotherProcess();
        var orphan = pidTold(owner);
        owner.destroyForcibly().waitFor();

        var server = start(home);

        assertThat(server.pid()).isEqualTo(orphan);
    }

    @Test
    void an_adopted_server_can_be_stopped() throws Exception {
        var owner = ownerInAnotherProcess();
        pidTold(owner);
        owner.destroyForcibly().waitFor();
        start(home).stop();

        assertThat(Postmaster.of(home.toRealPath().resolve("data"))).isEmpty();
    }

    @Test
    void the_server_of_a_live_process_is_shared_and_not_stopped() throws Exception {
        var owner = ownerInAnotherProcess();
        pidTold(owner);
        try {
            var guest = start(home);
            guest.stop();

            assertThat(ask(guest, "select 'open for others'")).isEqualTo("open for others");
        } finally {
            owner.destroyForcibly().waitFor();
            start(home);
        }
    }

    @Test
    void a_pid_file_whose_pid_belongs_to_somebody_else_is_no_obstacle() throws Exception {
        var first = start(home);
        first.stop();
        var data = home.toRealPath().resolve("data");
        Files.writeString(
                data.resolve("postmaster.pid"),
                "%d\n%s\n1\n%d\n\n127.0.0.1\n\nready\n"
                        .formatted(ProcessHandle.current().pid(), data, first.port()));

        assertThat(ask(start(home), "select 'started'")).isEqualTo("started");
    }

    @Test
    void a_killed_server_recovers_what_was_committed() throws Exception {
        var first = start(home);
        ask(first, "create table kept as select 'still here' as note; select 1");
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        first.stop();

        assertThat(ask(start(home), "select note from kept")).isEqualTo("still here");
    }

    @Test
    void two_servers_live_side_by_side(@TempDir Path otherHome) throws SQLException {
        var one = start(home);
        var other = start(otherHome);

        assertThat(ask(one, "show data_directory")).isNotEqualTo(ask(other, "show data_directory"));
    }

    @Test
    void a_copy_of_a_stopped_server_is_a_server_of_its_own(@TempDir Path copyHome) throws SQLException {
        var first = start(home);
        ask(first, "create table kept as select 'copied' as note; select 1");
        first.stop();

        PostgresServer.copy(home, copyHome);
        var copy = PostgresServer.start(copyHome, PROGRAMS, Load.SMALL);
        started.add(copy);
        ask(copy, "update kept set note = 'changed'; select 1");

        assertThat(List.of(ask(start(home), "select note from kept"), ask(copy, "show shared_buffers")))
                .containsExactly("copied", "16MB");
    }

    @Test
    void a_server_that_runs_is_not_copied(@TempDir Path copyHome) {
        start(home);

        assertThatThrownBy(() -> PostgresServer.copy(home, copyHome)).hasMessageContaining("only one that is stopped");
    }

    @Test
    void a_server_that_was_left_running_is_adopted_by_the_next_who_comes() {
        var first = start(home);
        first.leaveRunning();
        started.remove(first);

        assertThat(start(home).pid()).isEqualTo(first.pid());
    }

    @Test
    void a_taken_port_is_exchanged_for_a_free_one() throws Exception {
        var first = start(home);
        first.stop();
        try (var squatter = new java.net.ServerSocket(first.port())) {
            assertThat(start(home).port()).isNotEqualTo(squatter.getLocalPort());
        }
    }

    @Test
    void no_other_user_can_read_the_data_or_the_password() throws Exception {
        start(home);

        assertThat(List.of(
                        Files.getPosixFilePermissions(home.resolve("password")).size(),
                        Files.getPosixFilePermissions(home.resolve("data")).size()))
                .containsExactly(2, 3);
    }

    private PostgresServer start(Path where) {
        var server = PostgresServer.start(where, PROGRAMS);
        started.add(server);
        return server;
    }

    private Process ownerInAnotherProcess() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerThatGetsKilled.class.getName(),
                        home.toString(),
                        PROGRAMS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long pidTold(Process owner) throws Exception {
        var said = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (said == null) throw new AssertionError("the other process ended early");
        return Long.parseLong(said);
    }

    private static String ask(PostgresServer server, String query) throws SQLException {
        try (var connection = server.connectAsSuperuser("postgres");
                var statement = connection.createStatement()) {
            var isRows = statement.execute(query);
            while (!isRows) isRows = statement.getMoreResults();
            try (var rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
