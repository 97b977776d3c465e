package io.autostack.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.jspecify.annotations.Nullable;

/// A story told in chapters ends at the first one that fails: what follows would only repeat the failure.
public final class Chapters implements ExecutionCondition, TestWatcher {


    @Override
    public void testFailed(ExtensionContext chapter, @Nullable Throwable cause) {
        story(chapter).put("failed", chapter.getDisplayName());
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var failed = context.getTestMethod().isEmpty() ? null : story(context).get("failed");
        return failed == null
                ? ConditionEvaluationResult.enabled("no chapter failed so far")
                : ConditionEvaluationResult.disabled("an earlier chapter failed: " + failed);
    }

    private static ExtensionContext.Store story(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chapters.class, context.getRequiredTestClass()));
    }
}
