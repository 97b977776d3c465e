package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Outcome;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which refusals of the server pass, and which are for a person.
class RefusalTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "40001", "53100", "55006", "57P03", "58030", "XX000", "23505", "42710", "42P04", "28P01"
            })
    void what_passes_is_asked_again(String state) {
        var refused = new SQLException("busy", state);

        assertThat(Refusal.isForGood(refused)).isFalse();
        assertThatThrownBy(() -> Refusal.of("Nothing was made", refused))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42501", "23503", "42601", "22001", "58P01", "P0001"})
    void what_stays_is_for_a_person(String state) {
        var refused = new SQLException("permission denied", state);

        assertThat(Refusal.isForGood(refused)).isTrue();
        assertThat(Refusal.of("Nothing was made", refused))
                .isEqualTo(new Outcome.Failed("Nothing was made: permission denied. Put that right, then retry."));
    }

    @Test
    void a_refusal_without_a_state_may_pass() {
        assertThat(Refusal.isForGood(new SQLException("who knows"))).isFalse();
        assertThat(Refusal.isForGood(new SQLException("who knows", "4"))).isFalse();
    }

    @Test
    void a_full_server_and_a_lock_are_waited_for() {
        assertThat(Refusal.of("x", new SQLException("full", Refusal.TOO_MANY_CONNECTIONS)))
                .isSameAs(Refusal.FULL);
        assertThat(Refusal.of("x", new SQLException("locked", Refusal.LOCKED)))
                .isInstanceOfSatisfying(
                        Outcome.NotYet.class,
                        wait -> assertThat(wait.toString()).contains("lock"));
    }

    @ParameterizedTest
    @CsvSource({"done, done.", "done., done.", "done!, done!", "really?, really?", "and so on…, and so on…"})
    void a_sentence_ends(String said, String sentence) {
        assertThat(Refusal.sentence(new SQLException(said, "42601"))).isEqualTo(sentence);
    }

    @Test
    void lines_become_one_and_long_words_are_cut() {
        assertThat(Refusal.shortened("  one\n  two \n\nthree ")).isEqualTo("one; two; three");
        assertThat(Refusal.shortened("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(Refusal.shortened("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
        assertThat(Refusal.shortened("x".repeat(5_000_000))).hasSize(301);
    }

    @Test
    void what_flyway_says_is_a_sentence_of_the_servers_when_there_is_one() {
        var locked = new FlywayException("it failed", new SQLException("lock not available", Refusal.LOCKED));
        var gone = new FlywayException("it failed", new SQLException("connection lost", "08006"));

        assertThat(SchemaProblems.sentence(locked)).isEqualTo("lock not available.");
        assertThat(SchemaProblems.isBusy(locked)).isTrue();
        assertThat(SchemaProblems.isOutage(locked)).isFalse();
        assertThat(SchemaProblems.isOutage(gone)).isTrue();
        assertThat(SchemaProblems.isBusy(gone)).isFalse();
        assertThat(SchemaProblems.isBusy(new FlywayException("Unable to obtain an advisory lock")))
                .isTrue();
        assertThat(SchemaProblems.sentence(new FlywayException("a name that fits nothing!")))
                .isEqualTo("a name that fits nothing!");
        assertThat(SchemaProblems.isOutage(new FlywayException("no server said this")))
                .isFalse();
    }
}
