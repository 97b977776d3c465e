package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void an_option_takes_the_next_word() {
        assertThat(of("--name", "ci", "--role", "finance").required("--role")).isEqualTo("finance");
    }

    @Test
    void an_option_may_carry_its_value() {
        assertThat(of("--port=9090").port("--port", 8080)).isEqualTo(9090);
    }

    @Test
    void an_option_that_ends_the_line_is_a_mistake() {
        assertThatThrownBy(() -> of("--name").required("--name")).hasMessage("--name needs a value");
    }

    @Test
    void a_port_beyond_all_ports_is_a_mistake() {
        assertThatThrownBy(() -> of("--port", "65536").port("--port", 8080)).hasMessageContaining("65536");
    }

    @Test
    void words_nobody_asked_for_are_a_mistake() {
        assertThatThrownBy(() -> of("--detached").nothingElse()).hasMessageContaining("--detached");
    }

    private static Arguments of(String... words) {
        return new Arguments(List.of(words));
    }
}
