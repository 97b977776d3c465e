package io.autostack.tenancy.backups;

import java.util.Locale;

/// Why a backup was taken.
public enum BackupKind {
    MANUAL,
    SCHEDULED,
    /// What a restore put in another database's place.
    REPLACED,
    /// Of a tenant that was closed.
    FINAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BackupKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
