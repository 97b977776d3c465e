package io.autostack.moves;

import java.util.Locale;
import java.util.Set;

/// Where a move is.
enum MoveState {
    MOVING,
    /// It failed, and what it built is removed.
    UNDONE,
    /// In production; the old database is kept as a fallback.
    MOVED,
    ROLLING_BACK,
    ROLLED_BACK,
    DECOMMISSIONING,
    DECOMMISSIONED;

    /// In these another move cannot begin.
    static final Set<MoveState> OPEN = Set.of(MOVING, MOVED, ROLLING_BACK, DECOMMISSIONING);

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MoveState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
