package io.autostack.tenancy.backups;

import io.autostack.tenancy.Environment;
import io.autostack.tenancy.TenantStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long backups are kept, and when one is due (source 003 §2.1, §3.1 and §7.1).
public final class Retention {

    private static final Duration BETWEEN = Duration.ofDays(1);

    private Retention() {}

    public static Duration of(Environment environment) {
        return switch (environment) {
            case POC -> Duration.ofDays(1);
            case PRODUCTION -> Duration.ofDays(7);
        };
    }

    public static Instant expiry(Environment environment, Instant takenAt) {
        return takenAt.plus(of(environment));
    }

    /// A proof of concept is backed up when somebody asks for it. A scheduled backup that failed waits
    /// for a person, and for the next day.
    ///
    /// @param newest when the newest scheduled backup was asked for
    static boolean isDue(Environment environment, TenantStatus status, Optional<Instant> newest, Instant now) {
        return environment == Environment.PRODUCTION
                && status == TenantStatus.ACTIVE
                && newest.map(asked -> !asked.isAfter(dueBefore(now))).orElse(true);
    }

    /// The newest scheduled backup has to be later than this.
    static Instant dueBefore(Instant now) {
        return now.minus(BETWEEN);
    }
}
