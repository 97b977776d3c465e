package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.Ports;
import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KeptTest {

    private static final Pauses SHORT =
            new Pauses(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMinutes(1), 3);

    /// Nobody waits that long: whoever ends while it lasts was interrupted.
    private static final Pauses LONG = new Pauses(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(2), 3);

    /// Where the build has unpacked them.
    private static final Path PROGRAMS = Path.of("target/postgres");

    @TempDir
    Path home;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HealthAnswers health = HealthAnswers.start();

    @AfterEach
    void stop() {
        health.close();
    }

    @Test
    void a_program_that_was_killed_is_started_again() {
        var worker = worker("exec sleep 600");
        worker.start();
        var first = Running.find(home, "worker").orElseThrow();
        try (var supervision = supervise(worker.part(), SHORT)) {
            assertThat(supervision).isNotNull();
            kill(first.process());
            awaitTold("worker is ready again");

            assertThat(Running.find(home, "worker"))
                    .map(Running::pid)
                    .isPresent()
                    .isNotEqualTo(first.pid());
        } finally {
            worker.stop();
        }
    }

    @Test
    void a_living_program_is_left_alone() {
        var worker = worker("exec sleep 600");
        worker.start();
        try {
            var looks = new CountDownLatch(3);
            BooleanSupplier counted = () -> {
                looks.countDown();
                return worker.alive();
            };
            try (var supervision = supervise(new Part("worker", home, counted, worker::start), SHORT)) {
                assertThat(supervision).isNotNull();
                await(() -> looks.getCount() == 0);
            }

            assertThat(told).isEmpty();
        } finally {
            worker.stop();
        }
    }

    @Test
    void one_that_dies_again_and_again_is_given_up_in_the_end_and_said_to_be() {
        var worker = worker("echo cannot read my settings; exit 1");
        health.close();

        kept(worker.part(), SHORT).run();

        assertThat(told).filteredOn(line -> line.contains("ended unexpectedly")).hasSize(3);
        assertThat(told)
                .filteredOn(line -> line.contains("cannot read my settings"))
                .hasSize(3);
        assertThat(told.getLast()).contains("died 4 times in a row", "./autostack stop", "worker.log");
        assertThat(note()).isEqualTo("given up after 3 tries, see its log");
    }

    @Test
    @Timeout(60)
    void one_that_takes_long_to_fail_has_not_lived_meanwhile() {
        var slow = new Pauses(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ZERO, 3);
        var part = new Part("worker", home, () -> false, () -> {
            throw new StartFailed("waited in vain");
        });

        kept(part, slow).run();

        assertThat(told).filteredOn(line -> line.contains("waited in vain")).hasSize(3);
        assertThat(told.getLast()).contains("is not started again");
    }

    @Test
    void while_it_is_away_status_says_so_and_afterwards_no_more() {
        var worker = worker("exec sleep 600");
        try (var supervision = supervise(worker.part(), LONG)) {
            assertThat(supervision).isNotNull();
            awaitTold("ended unexpectedly");

            Running.rememberSelf(home, Run.SELF, "http://localhost:1");
            var said = new CopyOnWriteArrayList<String>();
            new Status(home).print(said::add);
            assertThat(note()).isEqualTo("died, is started again");
            assertThat(said).noneMatch(line -> line.contains("is started again"));
        }
        assertThat(home.resolve("run/worker.note")).doesNotExist();
    }

    @Test
    void status_shows_what_the_launcher_does_about_a_part() {
        Running.rememberSelf(home, Run.SELF, "http://localhost:1");
        new Note(home, "postgres").write("died, is started again");
        var said = new CopyOnWriteArrayList<String>();

        new Status(home).print(said::add);

        assertThat(said).anyMatch(line -> line.matches("postgres +- +died, is started again"));
    }

    @Test
    void a_stop_during_a_pause_ends_at_once_and_starts_nothing() {
        var worker = worker("exec sleep 600");
        try (var supervision = supervise(worker.part(), LONG)) {
            assertThat(supervision).isNotNull();
            awaitTold("ended unexpectedly");
        }

        assertThat(Running.find(home, "worker")).isEmpty();
    }

    @Test
    void a_stop_while_it_is_started_again_leaves_nothing_behind() {
        health.close();
        var worker = worker("exec sleep 600");
        try (var supervision = supervise(worker.part(), SHORT)) {
            assertThat(supervision).isNotNull();
            await(worker::alive);
        }
        worker.stop();

        assertThat(Running.find(home, "worker")).isEmpty();
        assertThat(told).noneMatch(line -> line.contains("ready again"));
    }

    @Test
    void a_killed_database_comes_back_where_it_was_with_what_was_committed() throws Exception {
        try (var server = PostgresServer.start(home, PROGRAMS)) {
            try (var connection = server.connectAsSuperuser("postgres")) {
                connection.createStatement().execute("create table kept as select 'still here' as note");
            }
            var url = server.jdbcUrl("postgres");
            var killed = server.pid();
            try (var supervision = supervise(part(server), SHORT)) {
                assertThat(supervision).isNotNull();
                kill(ProcessHandle.of(killed).orElseThrow());
                awaitTold("database is ready again");
            }

            assertThat(server.jdbcUrl("postgres")).isEqualTo(url);
            assertThat(server.pid()).isNotEqualTo(killed);
            assertThat(note(server)).isEqualTo("still here");
        }
    }

    @Test
    void no_second_server_starts_on_data_in_which_a_session_of_the_killed_one_still_works() throws Exception {
        try (var server = PostgresServer.start(home, PROGRAMS)) {
            var busy = server.connectAsSuperuser("postgres");
            long session = pidOf(busy);
            // Computes, and so does not notice that its server is gone.
            var query = Thread.ofVirtual().start(() -> compute(busy));
            await(() -> isComputing(server, session));
            kill(ProcessHandle.of(server.pid()).orElseThrow());

            try (var supervision = supervise(part(server), SHORT)) {
                assertThat(supervision).isNotNull();
                awaitTold("ended unexpectedly");
                assertThat(ProcessHandle.of(session)).isPresent();
                assertThat(server.alive()).isFalse();
                kill(ProcessHandle.of(session).orElseThrow());
                awaitTold("database is ready again");
            }
            query.join();
            assertThat(server.alive()).isTrue();
        }
    }

    @Test
    void a_stop_while_a_database_comes_back_leaves_no_server() throws Exception {
        PostgresServer server = PostgresServer.start(home, PROGRAMS);
        try (server) {
            kill(ProcessHandle.of(server.pid()).orElseThrow());
            try (var supervision = supervise(part(server), SHORT)) {
                assertThat(supervision).isNotNull();
                awaitTold("ended unexpectedly");
            }
        }

        assertThat(PostgresServer.running(home)).isEmpty();
    }

    @Test
    void a_database_whose_port_was_taken_meanwhile_is_said_to_be() throws Exception {
        try (var server = PostgresServer.start(home, PROGRAMS)) {
            kill(ProcessHandle.of(server.pid()).orElseThrow());
            await(() -> !server.alive() && Ports.isFree(server.port()));
            try (var squatter = new ServerSocket(server.port())) {
                kept(part(server), SHORT).run();

                assertThat(told)
                        .anyMatch(line -> line.contains("port " + squatter.getLocalPort() + " was taken by another"));
            }
        }
    }

    private ServedProgram worker(String script) {
        return new ServedProgram(
                new Program("worker", health.address(), List.of("sh", "-c", script), Map.of(), home), "/");
    }

    private static Part part(PostgresServer server) {
        return new Part("database", server.log(), server::alive, server::startAgain);
    }

    private Kept kept(Part part, Pauses pauses) {
        return new Kept(part, pauses, new Note(home, part.name()), told::add);
    }

    private Supervision supervise(Part part, Pauses pauses) {
        return Supervision.of(List.of(kept(part, pauses)));
    }

    private String note() {
        return new Note(home, "worker").read().orElse("");
    }

    private static String note(PostgresServer server) throws SQLException {
        try (var connection = server.connectAsSuperuser("postgres");
                var row = connection.createStatement().executeQuery("select note from kept")) {
            row.next();
            return row.getString(1);
        }
    }

    private static long pidOf(Connection connection) throws SQLException {
        try (var row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void compute(Connection connection) {
        try (connection) {
            connection.createStatement().execute("select count(*) from generate_series(1, 100000000000)");
        } catch (SQLException _) {
            // as intended
        }
    }

    private static boolean isComputing(PostgresServer server, long session) {
        try (var connection = server.connectAsSuperuser("postgres");
                var row = connection
                        .createStatement()
                        .executeQuery("select from pg_stat_activity where state = 'active' and pid = " + session)) {
            return row.next();
        } catch (SQLException _) {
            return false;
        }
    }

    private static void kill(ProcessHandle process) {
        assertThat(process.destroyForcibly()).isTrue();
    }

    private void awaitTold(String part) {
        await(() -> told.stream().anyMatch(line -> line.contains(part)));
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("told so far: %s", told).isLessThan(end);
            Pauses.sleep(Duration.ofMillis(10));
        }
    }
}
