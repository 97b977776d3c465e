package io.autostack.tenancy.backups;

import java.util.Locale;

/// Where a backup is in its life.
public enum BackupState {
    TAKING,
    KEPT,
    FAILED,
    REMOVING,
    REMOVED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BackupState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
