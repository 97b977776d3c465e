package io.autostack.tenancy.fleet;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where a rollout is.
enum RolloutState {
    /// The version is tried on an empty database first.
    WAITING,
    RUNNING,
    PAUSED,
    STOPPED,
    DONE,
    ABANDONED;

    static final Set<RolloutState> AT_WORK = EnumSet.of(WAITING, RUNNING);
    static final Set<RolloutState> OPEN = EnumSet.of(WAITING, RUNNING, PAUSED, STOPPED);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RolloutState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static List<String> words(Set<RolloutState> states) {
        return states.stream().map(RolloutState::word).toList();
    }
}
