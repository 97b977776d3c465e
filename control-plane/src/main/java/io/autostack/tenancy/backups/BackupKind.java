package io.autostack.tenancy.backups;

import java.util.Locale;

/// Why a backup was taken.
public enum BackupKind {
    MANUAL,
    SCHEDULED,
    /// What a database held when its tenant left it for another one: by a restore, or for production.
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
