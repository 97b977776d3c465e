package io.autostack.tenancy.fleet;

import java.util.Locale;

/// Where one tenant is in a rollout.
enum PartState {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    /// Closed meanwhile, or the rollout was abandoned.
    SKIPPED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PartState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
