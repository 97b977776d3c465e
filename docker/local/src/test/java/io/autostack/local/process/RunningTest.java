package io.autostack.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {

    @TempDir
    Path home;

    @Test
    void a_program_is_found_again_by_somebody_who_did_not_start_it() {
        var started = sleeper().start();
        try {
            assertThat(Running.find(home, "sleeper")).map(Running::pid).contains(started.pid());
        } finally {
            started.stop(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_stopped_program_is_forgotten() {
        sleeper().start().stop(Duration.ofSeconds(10));

        assertThat(Running.find(home, "sleeper")).isEmpty();
    }

    @Test
    void a_pid_that_belongs_to_somebody_else_by_now_is_not_taken_for_ours() throws Exception {
        Files.createDirectories(home.resolve("run"));
        Files.writeString(
                home.resolve("run/sleeper"),
                ProcessHandle.current().pid() + "\n2001-01-01T00:00:00Z\nhttp://localhost\n");

        assertThat(Running.find(home, "sleeper")).isEmpty();
    }

    @Test
    void a_program_that_does_not_listen_is_ended_all_the_same() {
        var deaf = program("trap '' TERM; while :; do sleep 0.1; done").start();

        deaf.stop(Duration.ofMillis(300));

        assertThat(deaf.alive()).isFalse();
    }

    @Test
    void what_a_program_says_is_in_its_log() {
        var program = program("echo here I am");

        program.start().waitForEnd(Duration.ofSeconds(10));

        assertThat(program.lastLines(1)).isEqualTo("here I am");
    }

    private Program sleeper() {
        return program("exec sleep 600");
    }

    private Program program(String script) {
        return new Program("sleeper", "http://localhost", List.of("sh", "-c", script), Map.of(), home);
    }
}
