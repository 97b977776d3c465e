package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugin-process")
class ProcessTreeTest {

    /// A child uses two seconds, by the kernel's own count, and is waited for before anybody looks.
    @Test
    void s32_the_processor_time_of_processes_that_have_ended_counts() throws IOException {
        var parent = new ProcessBuilder(
                        "sh", "-c", "sh -c 'ulimit -t 2; while :; do :; done'; echo ended; read until; exit 0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = parent.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ended");

            assertThat(new ProcessTree(parent).beyond(Limits.of(Duration.ofSeconds(-5))))
                    .contains("more than 0 seconds of processor time");
            assertThat(new ProcessTree(parent).beyond(Limits.of(Duration.ofSeconds(60))))
                    .isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }
}
