package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedProgramTest {

    @TempDir
    Path home;

    @Test
    void a_program_that_dies_on_its_first_start_is_reported_with_what_it_said() {
        var served = served("http://127.0.0.1:1", "echo cannot read my settings; exit 1");

        assertThatThrownBy(served::start)
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("cannot read my settings");
    }

    @Test
    void one_that_runs_is_not_started_a_second_time() {
        try (var health = HealthAnswers.start()) {
            var served = served(health.address(), "exec sleep 600");
            served.start();
            try {
                var first = Running.find(home, "worker").map(Running::pid);

                served.start();

                assertThat(Running.find(home, "worker").map(Running::pid)).isEqualTo(first);
            } finally {
                served.stop();
            }
        }
    }

    private ServedProgram served(String address, String script) {
        return new ServedProgram(new Program("worker", address, List.of("sh", "-c", script), Map.of(), home), "/");
    }
}
