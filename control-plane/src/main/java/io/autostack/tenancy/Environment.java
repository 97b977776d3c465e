package io.autostack.tenancy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How seriously a tenant is kept (source 003 §2.1 and §3.1).
public enum Environment {
    /// To try things out: at most one day of backups, no promise of availability.
    POC,
    /// For everyone who pays: seven days of backups.
    PRODUCTION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Environment> find(String word) {
        return Arrays.stream(values())
                .filter(environment -> environment.word().equals(word))
                .findFirst();
    }

    static Environment of(String word) {
        return find(word).orElseThrow(() -> new IllegalStateException("there is no environment " + word));
    }
}
