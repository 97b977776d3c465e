package io.autostack.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.plugin.Answers.Checked;
import io.autostack.plugin.Parameter.Choice.Option;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static final Parameter TITLE = text("title", 3, 10, "", "");
    private static final Parameter SIZE = new Parameter.Choice(
            "size", "Size", "", true, "small", List.of(new Option("small", "Small"), new Option("large", "Large")));
    private static final Parameter COPIES = new Parameter.WholeNumber("copies", "Copies", "", false, null, 1, 4, "");
    private static final Parameter PUBLIC = new Parameter.Flag("public", "Public", "", true);

    @Test
    void good_answers_are_there_in_their_own_type() {
        var answers = valid(Map.of("title", " Shop ", "size", "large", "copies", "3", "public", "false"));

        assertThat(List.of(
                        answers.text("title"), answers.text("size"), answers.number("copies"), answers.flag("public")))
                .isEqualTo(List.of("Shop", "large", 3L, false));
    }

    @Test
    void a_missing_answer_becomes_the_initial_value() {
        assertThat(valid(Map.of("title", "Shop")).asMap())
                .isEqualTo(Map.of("title", "Shop", "size", "small", "public", "true"));
        assertThat(valid(Map.of("title", "Shop")).flag("public")).isTrue();
    }

    @Test
    void answers_that_do_not_go_together_are_told_field_by_field() {
        var wrong = new FieldMessage("size", "Too small for that many replicas.");

        assertThat(new AnswersRejected(wrong).fields()).containsExactly(wrong);
    }

    @Test
    void an_optional_answer_may_stay_away() {
        assertThat(valid(Map.of("title", "Shop")).findText("copies")).isEmpty();
    }

    @Test
    void a_blank_answer_counts_as_missing() {
        assertThat(objections(Map.of("title", "  "))).containsExactly(new FieldMessage("title", "Must not be empty."));
    }

    @Test
    void every_wrong_field_gets_its_own_message() {
        assertThat(objections(Map.of("title", "ab", "size", "huge", "copies", "1.5", "public", "yes")))
                .containsExactly(
                        new FieldMessage("title", "Must have at least 3 characters."),
                        new FieldMessage("size", "Must be one of: small, large."),
                        new FieldMessage("copies", "Must be a whole number."),
                        new FieldMessage("public", "Must be true or false."));
    }

    @Test
    void an_answer_nobody_asked_for_is_refused() {
        assertThat(objections(Map.of("title", "Shop", "colour", "red")))
                .containsExactly(new FieldMessage("colour", "Is not a parameter of this template."));
    }

    @Test
    void a_number_out_of_range_names_the_range() {
        assertThat(COPIES.objection("5")).contains("Must be between 1 and 4.");
    }

    @Test
    void a_number_too_long_for_a_long_is_refused() {
        assertThat(COPIES.objection("9".repeat(40))).contains("Must be a whole number.");
    }

    @Test
    void a_line_break_is_refused() {
        assertThat(TITLE.objection("two\nlines")).contains("Must be one line without control characters.");
    }

    @Test
    void a_pattern_that_does_not_match_answers_with_its_hint() {
        assertThat(text("name", 0, 50, "[a-z]+", "Lower-case letters only.").objection("Shop"))
                .contains("Lower-case letters only.");
    }

    @Test
    void a_pattern_that_would_run_for_years_is_given_up() {
        assertThat(text("name", 0, 50, "(a+)+b", "").objection("a".repeat(50))).contains("Must match (a+)+b.");
    }

    @Test
    void m14_a_pattern_that_needs_more_stack_than_there_is_is_given_up() {
        var parameter = text("name", 0, 2_000, "(a|b)*", "");
        var answer = "ab".repeat(1_000);

        assertThatThrownBy(() -> onSmallStack(
                        () -> Pattern.compile("(a|b)*").matcher(answer).matches()))
                .as("matching needs more than there is")
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(onSmallStack(() -> parameter.objection(answer))).contains("Must match (a|b)*.");
    }

    private static <T> T onSmallStack(Callable<T> work) {
        var task = new FutureTask<>(work);
        new Thread(null, task, "small stack", 200_000).start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Test
    void a_broken_pattern_is_refused_when_the_parameter_is_made() {
        assertThatThrownBy(() -> text("name", 0, 50, "[a-", ""))
                .hasMessageStartingWith("the pattern of name cannot be used: ");
    }

    /// What repeats nothing looks at no character, so that nobody notices how long it takes.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:){2147483647}",
                "(?:(?:){2147483647}){2147483647}",
                "(?:(?:(?:){999}){999}){999}",
                "(?:^{900}){900}",
                "(x?)(?:\\1{900}){900}",
                "(?:\\b{900}){900}",
                "\\p{L}{900}(?:){2}",
                "(?x)(?: ) { 1 0 0 0 0 0 0 0 0 0 }",
                "^{2\\Q\\E147483647}",
                "(?:){99999999999999999999}"
            })
    void s32_a_pattern_that_would_repeat_nothing_for_ever_is_refused_when_the_parameter_is_made(String pattern) {
        assertThatThrownBy(() -> text("name", 0, 50, pattern, ""))
                .hasMessageStartingWith("the pattern of name cannot be used: ");
    }

    @Test
    void patterns_that_count_characters_are_fine() {
        assertThat(text("id", 0, 50, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "")
                        .objection("0190a5c2-7c3e-7d51-9e0b-d3c1a2b4f5e6"))
                .isEmpty();
        assertThat(text("address", 0, 50, "(?:\\d{1,3}\\.){3}\\d{1,3}", "").objection("10.231.0.1"))
                .isEmpty();
    }

    @Test
    void an_initial_value_that_would_be_refused_is_refused_when_the_parameter_is_made() {
        assertThatThrownBy(() -> new Parameter.WholeNumber("copies", "Copies", "", true, 9L, 1, 4, ""))
                .hasMessageContaining("Must be between 1 and 4.");
    }

    @Test
    void asking_for_a_parameter_that_was_never_declared_is_a_mistake_of_the_author() {
        var answers = valid(Map.of("title", "Shop"));

        assertThatThrownBy(() -> answers.text("titel")).hasMessage("the template has no parameter \"titel\"");
    }

    private static Parameter text(String name, int min, int max, String pattern, String hint) {
        return new Parameter.Text(name, "Title", "", true, null, min, max, pattern, hint);
    }

    private static Checked check(Map<String, String> raw) {
        return Answers.check(List.of(TITLE, SIZE, COPIES, PUBLIC), raw);
    }

    private static Answers valid(Map<String, String> raw) {
        return ((Checked.Valid) check(raw)).answers();
    }

    private static List<FieldMessage> objections(Map<String, String> raw) {
        return ((Checked.Invalid) check(raw)).fields();
    }
}
