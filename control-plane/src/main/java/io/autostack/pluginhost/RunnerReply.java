package io.autostack.pluginhost;

import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.json.Answer;
import io.autostack.plugin.json.PluginJson;
import io.autostack.plugin.json.PluginJson.Malformed;
import io.autostack.pluginhost.RunnerProcess.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A process's end, understood. What it wrote is as trustworthy as the plugin that ran in it: not at all.
sealed interface RunnerReply {

    /// The exit code of a JVM that was told to end when memory runs out.
    int OUT_OF_MEMORY = 3;

    int MAX_FIELDS = 100;
    int MAX_PROBLEM_LENGTH = 2_000;

    record Template(TemplateDescription description) implements RunnerReply {}

    record Plan(StackPlan plan) implements RunnerReply {}

    record Problem(String problem, List<FieldMessage> fields) implements RunnerReply {}

    record None(String reason) implements RunnerReply {}

    record TooLate() implements RunnerReply {}

    record Barred() implements RunnerReply {}

    record Busy(boolean ofTheSameAsker) implements RunnerReply {}

    static RunnerReply of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.TookTooLong _ -> new TooLate();
            case Outcome.UsedTooMuch(var what, var _) -> new None("It used " + what + ".");
            case Outcome.SaidTooMuch _ -> new None("It answered more than " + RunnerProcess.MAX_ANSWER + " bytes.");
            case Outcome.Ended ended when ended.exitCode() == OUT_OF_MEMORY -> new None("It ran out of memory.");
            case Outcome.Ended ended
            when ended.exitCode() != 0 -> new None("It ended itself with exit code " + ended.exitCode() + ".");
            case Outcome.Ended ended when ended.answer().isBlank() -> new None("It ended itself without an answer.");
            case Outcome.Ended ended -> understood(ended.answer());
        };
    }

    private static RunnerReply understood(String answer) {
        var json = new String(answer.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        try {
            return switch (PluginJson.readAnswer(json)) {
                case Answer.Template(var description) -> new Template(description);
                case Answer.Plan(var plan) -> new Plan(plan);
                case Answer.Problem(var _, var fields)
                when fields.size() > MAX_FIELDS -> new None("It objects to more than " + MAX_FIELDS + " fields.");
                case Answer.Problem(var problem, var fields) ->
                    new Problem(
                            shortened(problem),
                            fields.stream()
                                    .map(field -> new FieldMessage(plain(field.name()), plain(field.message())))
                                    .toList());
            };
        } catch (Malformed e) {
            return new None("Its answer cannot be understood: " + shortened(String.valueOf(e.getMessage())));
        }
    }

    /// Without characters that steer a terminal or turn the reading direction round.
    static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]", "\uFFFD");
    }

    private static String shortened(String text) {
        return plain(text.length() <= MAX_PROBLEM_LENGTH ? text : text.substring(0, MAX_PROBLEM_LENGTH) + "…");
    }
}
