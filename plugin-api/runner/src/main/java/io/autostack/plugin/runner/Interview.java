package io.autostack.plugin.runner;

import io.autostack.plugin.Answers;
import io.autostack.plugin.AnswersRejected;
import io.autostack.plugin.Permission;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.json.Answer;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Asks a template, and holds it to what it declared.
public final class Interview {

    private final StackTemplate template;

    public Interview(StackTemplate template) {
        this.template = template;
    }

    /// @param pluginId what the jar's manifest calls the plugin
    public Answer describe(String pluginId) {
        return guarded(() -> {
            var description = described();
            if (!description.id().equals(pluginId))
                return Answer.Problem.with("The template's id \"" + description.id()
                        + "\" must be the jar's Plugin-Id \"" + pluginId + "\".");
            return new Answer.Template(description);
        });
    }

    public Answer plan(Map<String, String> rawAnswers) {
        return guarded(() -> {
            var description = described();
            return switch (Answers.check(description.parameters(), rawAnswers)) {
                case Answers.Checked.Invalid(var fields) ->
                    new Answer.Problem("Some answers are missing or wrong.", fields);
                case Answers.Checked.Valid(var answers) -> plan(description, answers);
            };
        });
    }

    private Answer plan(TemplateDescription description, Answers answers) {
        try {
            return permitted(description, present(template.plan(answers), "plan"));
        } catch (AnswersRejected e) {
            return new Answer.Problem("Some answers do not go together.", e.fields());
        }
    }

    private static Answer permitted(TemplateDescription description, StackPlan plan) {
        var undeclared = EnumSet.noneOf(Permission.class);
        undeclared.addAll(plan.permissions());
        undeclared.removeAll(description.permissions());
        if (undeclared.isEmpty()) return new Answer.Plan(plan);
        return Answer.Problem.with("The plan needs permissions that the template does not declare: "
                + undeclared.stream().map(Enum::name).collect(Collectors.joining(", ")) + ".");
    }

    private TemplateDescription described() {
        return present(template.describe(), "description");
    }

    /// Plugin code may return null whatever its signature says.
    @SuppressWarnings("ConstantValue")
    private static <T> T present(T given, String what) {
        if (given == null) throw new IllegalStateException("the template's " + what + " is null");
        return given;
    }

    private Answer guarded(Supplier<Answer> question) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(template.getClass().getClassLoader());
        try {
            return question.get();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            return Answer.Problem.with("The template failed: " + Words.of(e));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
