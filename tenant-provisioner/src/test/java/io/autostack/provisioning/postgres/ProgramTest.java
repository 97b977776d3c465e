package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A program that works on a tenant's data says and writes what the tenant likes.
@Timeout(60)
class ProgramTest {

    @Test
    void s01_what_it_says_without_end_is_heard_as_one_short_line() throws IOException {
        var answer = run("yes 'pg_dump: error: '$'\\033''[2J' | head -c 50000000; printf '\\377\\376'; exit 3");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.said())
                .hasSizeLessThanOrEqualTo(300)
                .startsWith("pg_dump: error:")
                .doesNotContain("\n");
        assertThat(answer.said().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void it_knows_nothing_of_our_environment() throws IOException {
        assertThat(run("env | cut -d= -f1 | sort | tr '\\n' ' '").said().split(" "))
                .isSubsetOf("LANG", "LD_LIBRARY_PATH", "PATH", "PGPASSWORD", "PWD", "SHLVL", "_");
    }

    @Test
    void it_is_ended_with_all_that_it_started() {
        assertThatThrownBy(() -> new Program("/bin/sh")
                        .run(Duration.ofSeconds(1), Map.of(), Optional::empty, List.of("-c", "sleep 1000 & wait")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not end within 1 seconds");
        assertThatThrownBy(() -> new Program("/bin/sh")
                        .run(
                                Duration.ofMinutes(5),
                                Map.of(),
                                () -> Optional.of("no room"),
                                List.of("-c", "sleep 1000")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was ended: no room");
    }

    private static Program.Answer run(String script) throws IOException {
        return new Program("/bin/bash")
                .run(Duration.ofSeconds(50), Map.of("PGPASSWORD", "x"), Optional::empty, List.of("-c", script));
    }
}
