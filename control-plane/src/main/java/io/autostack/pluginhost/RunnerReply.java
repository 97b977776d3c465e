package io.autostack.pluginhost;

import com.fasterxml.jackson.databind.JsonNode;
import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.pluginhost.PluginJson.Malformed;
import io.autostack.pluginhost.RunnerProcess.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        try {
            var json =
                    PluginJson.tree(new String(answer.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            if (json.path("ok").asBoolean(false)) {
                if (json.has("template"))
                    return new Template(PluginJson.bind(json.get("template"), TemplateDescription.class));
                return new Plan(PluginJson.bind(json.path("plan"), StackPlan.class));
            }
            return problem(json);
        } catch (Malformed malformed) {
            return new None("Its answer cannot be understood: " + shortened(String.valueOf(malformed.getMessage())));
        }
    }

    private static RunnerReply problem(JsonNode json) throws Malformed {
        var problem = json.path("problem").asText("");
        var fields = json.path("fields");
        if (problem.isBlank() || !fields.isArray() || fields.size() > MAX_FIELDS)
            return new None("Its answer cannot be understood.");
        var messages = new ArrayList<FieldMessage>();
        for (var field : fields) {
            var message = PluginJson.bind(field, FieldMessage.class);
            messages.add(new FieldMessage(plain(message.name()), plain(message.message())));
        }
        return new Problem(shortened(problem), messages);
    }

    /// Without characters that steer a terminal or turn the reading direction round.
    static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]", "\uFFFD");
    }

    private static String shortened(String text) {
        return plain(text.length() <= MAX_PROBLEM_LENGTH ? text : text.substring(0, MAX_PROBLEM_LENGTH) + "…");
    }
}
