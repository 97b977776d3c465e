package io.autostack.plugin.runner;

import org.jspecify.annotations.Nullable;

/// Puts somebody else's exception into one sentence for an author.
final class Words {

    private static final int MAX_LENGTH = 500;

    private Words() {}

    static String of(@Nullable Throwable thrown) {
        if (thrown == null) return "no reason was given.";
        var root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) root = root.getCause();
        var words = root.getClass().getSimpleName() + ": " + message(root);
        return words.length() <= MAX_LENGTH ? words : words.substring(0, MAX_LENGTH) + "…";
    }

    private static String message(Throwable root) {
        try {
            return String.valueOf(root.getMessage());
        } catch (RuntimeException _) {
            return "(its message cannot be read)";
        }
    }
}
