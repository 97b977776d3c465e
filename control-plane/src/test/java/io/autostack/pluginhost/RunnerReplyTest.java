package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plugin.FieldMessage;
import io.autostack.pluginhost.RunnerProcess.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that a plugin wrote itself.
class RunnerReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{}",
                "{\"ok\":true}",
                "{\"ok\":true,\"template\":null}",
                "{\"ok\":true,\"template\":[]}",
                "{\"ok\":true,\"plan\":null}",
                "{\"ok\":true,\"plan\":{\"components\":null}}",
                "{\"ok\":true,\"plan\":{\"components\":[null]}}",
                "{\"ok\":true,\"plan\":{\"components\":[]}}",
                "{\"ok\":true,\"plan\":{\"components\":[{\"kind\":\"logs\",\"name\":\"l\","
                        + "\"gb\":{\"low\":1e999999999,\"high\":1e999999999}}]}}",
                "{\"ok\":false,\"problem\":\"x\"}",
                "{\"ok\":false,\"problem\":\"x\",\"fields\":null}",
                "{\"ok\":false,\"problem\":\"x\",\"fields\":\"x\"}",
                "{\"ok\":false,\"problem\":\"x\",\"fields\":[null]}",
                "{\"ok\":false,\"problem\":\"x\",\"fields\":[{\"name\":null,\"message\":null}]}",
                "{\"ok\":false,\"problem\":{\"a\":1},\"fields\":[]}",
                "{\"ok\":false,\"problem\":\"x\",\"fields\":[]} {}",
                "{\"ok\":true,\"ok\":false,\"problem\":\"x\",\"fields\":[]}",
                "{\"ok\":true,\"plan\":{\"components\":[{\"kind\":\"secret\",\"name\":\"a\",\"name\":\"b\","
                        + "\"fields\":[\"value\"]}]}}"
            })
    void s01_an_answer_of_another_form_is_no_answer(String answer) {
        assertThat(reply(answer)).isInstanceOf(RunnerReply.None.class);
    }

    static Stream<String> tooMuch() {
        return Stream.of(
                "[".repeat(400_000),
                "{\"ok\":true,\"plan\":".repeat(30_000),
                "{\"ok\":false,\"problem\":\"x\",\"fields\":[" + times(101, n -> "{\"name\":\"n\",\"message\":\"m\"}")
                        + "]}",
                "{\"ok\":false,\"problem\":\"x\",\"fields\":[{\"name\":\"n\",\"message\":\"" + "m".repeat(1_001)
                        + "\"}]}",
                "{\"ok\":true,\"plan\":{\"components\":["
                        + times(51, n -> "{\"kind\":\"secret\",\"name\":\"s" + n + "\",\"fields\":[\"value\"]}")
                        + "]}}",
                container("[" + times(51, n -> "\"word\"") + "]", "{}"),
                container("[\"" + "w".repeat(2_001) + "\"]", "{}"),
                container("[]", "{" + times(101, n -> "\"V" + n + "\":{\"kind\":\"literal\",\"text\":\"x\"}") + "}"),
                container("[]", "{\"V\":{\"kind\":\"literal\",\"text\":\"" + "x".repeat(20_001) + "\"}}"),
                "{\"ok\":true,\"plan\":{\"components\":[],\"" + "x".repeat(1_001) + "\":1}}");
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void s01_an_answer_that_is_too_much_is_no_answer_and_the_reason_is_short(String answer) {
        assertThat(reply(answer))
                .isInstanceOfSatisfying(
                        RunnerReply.None.class,
                        none -> assertThat(none.reason()).hasSizeLessThan(2_100));
    }

    @Test
    void s01_as_much_as_is_allowed_is_an_answer() {
        assertThat(reply(container(
                        "[" + times(50, n -> "\"word\"") + "]",
                        "{\"V\":{\"kind\":\"literal\",\"text\":\"" + "x".repeat(20_000) + "\"}}")))
                .isInstanceOf(RunnerReply.Plan.class);
    }

    @Test
    void s01_a_long_problem_is_shortened() {
        assertThat(reply("{\"ok\":false,\"problem\":\"" + "x".repeat(20_000) + "\",\"fields\":[]}"))
                .isEqualTo(new RunnerReply.Problem("x".repeat(2_000) + "…", List.of()));
    }

    @Test
    void s01_words_that_steer_a_terminal_are_made_harmless() {
        assertThat(reply("{\"ok\":false,\"problem\":\"a\\u001b[2Jb\\u202ec\\u009b\\u2028\\nd\",\"fields\":["
                        + "{\"name\":\"n\",\"message\":\"\\u0007\"}]}"))
                .isEqualTo(new RunnerReply.Problem(
                        "a\uFFFD[2Jb\uFFFDc\uFFFD\uFFFD\nd", List.of(new FieldMessage("n", "\uFFFD"))));
    }

    private static String container(String command, String environment) {
        return "{\"ok\":true,\"plan\":{\"components\":[{\"kind\":\"container\",\"name\":\"web\",\"image\":\"web\","
                + "\"command\":" + command + ",\"size\":{\"vcpu\":1,\"memoryGb\":1},"
                + "\"replicas\":{\"min\":1,\"max\":1},\"endpoint\":null,\"environment\":" + environment + "}]}}";
    }

    private static String times(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    private static RunnerReply reply(String answer) {
        var bytes = new String(answer.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return RunnerReply.of(new Outcome.Ended(0, bytes, ""));
    }
}
