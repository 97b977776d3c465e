package io.autostack.plugin.testkit;

import io.autostack.plugin.StackPlan;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.json.Answer;
import io.autostack.plugin.json.PluginJson;
import io.autostack.plugin.runner.Interview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Asks a template for a plan as the platform would, and compares what comes back.
///
/// `StackAssert.rendering(new Shop()).with("size", "small").matches("golden/small.json")`
public final class StackAssert {

    /// Start the tests with `-Dautostack.golden.update=true` to write golden files instead of comparing them.
    public static final String UPDATE = "autostack.golden.update";

    private static final Path GOLDEN_FOLDER = Path.of("src", "test", "resources");

    private final StackTemplate template;
    private final Map<String, String> answers;

    private StackAssert(StackTemplate template, Map<String, String> answers) {
        this.template = template;
        this.answers = answers;
    }

    public static StackAssert rendering(StackTemplate template) {
        return new StackAssert(template, Map.of());
    }

    /// Adds one answer; what is not answered becomes the parameter's initial value.
    public StackAssert with(String parameter, Object answer) {
        var more = new LinkedHashMap<>(answers);
        more.put(parameter, answer.toString());
        return new StackAssert(template, more);
    }

    /// The plan itself, for assertions of your own.
    public StackPlan plan() {
        return switch (ask()) {
            case Answer.Plan(var plan) -> plan;
            case Answer.Problem problem -> throw new AssertionError("The template gave no plan: " + problem);
            case Answer.Template _ -> throw new IllegalStateException("asked for a plan, got a description");
        };
    }

    /// The plan is the one in a golden JSON file below `src/test/resources`.
    public StackAssert matches(String golden) throws IOException {
        var actual = PluginJson.pretty(plan());
        var file = GOLDEN_FOLDER.resolve(golden);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, actual);
            return this;
        }
        if (!Files.exists(file))
            throw new AssertionError("There is no " + file + "; run the test with -D" + UPDATE + "=true to write it.");
        var expected = golden(file);
        if (!actual.equals(expected))
            throw new AssertionError(
                    "The plan differs from " + file + "\n--- expected\n" + expected + "--- actual\n" + actual);
        return this;
    }

    private static String golden(Path file) throws IOException {
        try {
            return PluginJson.pretty(Files.readString(file));
        } catch (PluginJson.Malformed e) {
            throw new AssertionError(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// The answers are refused with exactly this message at this parameter.
    public StackAssert objects(String parameter, String message) {
        if (!(ask() instanceof Answer.Problem problem))
            throw new AssertionError("Expected an objection to " + parameter + ", but the template gave a plan.");
        if (problem.fields().stream()
                .noneMatch(field ->
                        field.name().equals(parameter) && field.message().equals(message)))
            throw new AssertionError("Expected \"" + message + "\" at " + parameter + ", but got " + problem.fields());
        return this;
    }

    private Answer ask() {
        return new Interview(template).plan(answers);
    }
}
