package io.autostack.plugin;

import org.pf4j.ExtensionPoint;

/// What a plugin offers: a stack that can be described, and planned from a user's answers.
///
/// A plugin jar contains exactly one implementation, annotated with `@Extension`, with a public constructor without
/// arguments. Both methods are pure: same input, same answer. They run in a process of their own without network,
/// credentials or files, which ends after one question.
public interface StackTemplate extends ExtensionPoint {

    /// Says what the template is and which parameters it asks for. The id must be the jar's `Plugin-Id`.
    TemplateDescription describe();

    /// Turns checked answers into the components of a stack.
    ///
    /// @throws AnswersRejected when answers that are each fine do not go together
    StackPlan plan(Answers answers);
}
