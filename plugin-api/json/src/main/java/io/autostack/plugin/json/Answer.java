package io.autostack.plugin.json;

import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import java.util.List;

/// What one question to a plugin leads to. Read from a plugin's process it keeps the plugin API's promises, and no
/// others.
public sealed interface Answer {

    /// The template described itself.
    record Template(TemplateDescription description) implements Answer {}

    /// The template planned a stack.
    record Plan(StackPlan plan) implements Answer {}

    /// No answer, and why.
    ///
    /// @param fields which answers of the user are wrong; empty when the plugin itself is at fault
    record Problem(String problem, List<FieldMessage> fields) implements Answer {

        public static Problem with(String problem) {
            return new Problem(problem, List.of());
        }
    }
}
