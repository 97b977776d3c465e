package io.autostack.pluginhost;

import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.StackPlan;
import java.time.Duration;
import java.util.List;

/// Everything that asking a plugin can lead to.
public sealed interface PluginAnswer {

    /// What the question "what are you?" can lead to.
    sealed interface ToDescribe extends PluginAnswer {}

    /// What the question "what would you build?" can lead to.
    sealed interface ToPlan extends PluginAnswer {}

    /// It said what it is.
    record Described(TemplateFacts template) implements ToDescribe {}

    /// It planned a stack.
    ///
    /// @param json the same plan in the form in which it is stored
    record Planned(StackPlan plan, String json) implements ToPlan {}

    /// The user's answers are wrong, at these fields.
    record Invalid(List<FieldMessage> fields) implements ToPlan {}

    /// The jar or what it asks for breaks a rule; the reason is for its author.
    record Refused(String reason) implements ToDescribe, ToPlan {}

    /// The process ended without an answer that can be understood.
    record Crashed(String reason) implements ToDescribe, ToPlan {}

    /// There was no answer in time, and the process was ended.
    record TimedOut(Duration limit) implements ToDescribe, ToPlan {}

    /// It was not asked: this machine cannot lock it in.
    record Barred(String reason) implements ToDescribe, ToPlan {}

    /// It was not asked: too many questions wait already, of the same asker or in all.
    record Busy(boolean ofTheSameAsker) implements ToDescribe, ToPlan {}
}
