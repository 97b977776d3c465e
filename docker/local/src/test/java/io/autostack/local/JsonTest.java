package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void what_was_written_is_read_again() {
        var fields = Map.of("name", "a \"quoted\" \\ name\nwith\ttabs");

        assertThat(Json.read(Json.write(fields))).isEqualTo(fields);
    }

    @Test
    void lists_numbers_and_escapes_are_understood() {
        assertThat(Json.read("{\"items\": [ {\"n\": -1.5e1}, \"\\u00e9\", true, false ], \"empty\": [] }"))
                .isEqualTo(Map.of(
                        "items", List.of(Map.of("n", new BigDecimal("-1.5e1")), "é", true, false), "empty", List.of()));
    }

    @Test
    void a_page_of_html_is_no_json() {
        assertThatThrownBy(() -> Json.read("<html>")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void half_an_answer_is_no_answer() {
        assertThatThrownBy(() -> Json.read("{\"id\": \"1")).isInstanceOf(IllegalArgumentException.class);
    }
}
