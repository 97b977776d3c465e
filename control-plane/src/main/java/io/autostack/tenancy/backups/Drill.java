package io.autostack.tenancy.backups;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// A backup tried out.
///
/// @param rto from the start of the restore until everything was compared
/// @param rpo how old the data were when the drill began
public record Drill(
        UUID id,
        UUID tenant,
        UUID backup,
        UUID operation,
        State state,
        Optional<Duration> rto,
        Optional<Duration> rpo,
        String requestedBy,
        Instant createdAt) {

    /// What a restore may take at the most (operations §1: 30 to 60 minutes).
    public static final Duration RTO_TARGET = Duration.ofMinutes(60);

    /// How old data may be at the most (operations §1: log replay).
    public static final Duration RPO_TARGET = Duration.ofMinutes(5);

    /// How it went.
    public enum State {
        RUNNING,
        PASSED,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
