package io.autostack.moves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

    @Test
    void each_is_found_by_its_word_and_by_nothing_else() {
        for (var confirmation : Confirmation.values())
            assertThat(Confirmation.find(confirmation.word())).contains(confirmation);

        assertThat(Confirmation.ERROR_HANDLING.word()).isEqualTo("error-handling");
        for (var other : new String[] {"", "ERROR_HANDLING", "error_handling", "Error-handling", "backups "})
            assertThat(Confirmation.find(other)).as(other).isEmpty();
    }

    @Test
    void each_is_a_sentence_of_its_own() {
        assertThat(Arrays.stream(Confirmation.values()).map(Confirmation::sentence))
                .doesNotHaveDuplicates()
                .allSatisfy(sentence -> assertThat(sentence).endsWith("."));
    }
}
