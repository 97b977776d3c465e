package io.autostack.ui.fleet;

import io.autostack.ui.parts.Badge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schema version on its way to all tenants.
///
/// @param live true while something can still happen without anybody's doing
/// @param message why it stopped
/// @param begun true when new tenants begin at its version
public record Rollout(
        String id,
        String version,
        Badge state,
        boolean live,
        @Nullable String message,
        boolean begun,
        String createdBy,
        Instant createdAt,
        @Nullable Instant finishedAt,
        List<Wave> waves,
        List<Failure> failed,
        Steering steering) {

    public Rollout {
        waves = List.copyOf(waves);
        failed = List.copyOf(failed);
    }

    /// Tenants that come together.
    ///
    /// @param through how many of them need nothing more
    public record Wave(String name, int tenants, int through, int running, int failed) {}

    /// A tenant that could not be migrated.
    public record Failure(
            String name,
            String slug,
            @Nullable String message,
            @Nullable String operation) {}

    /// What the viewer can do.
    public record Steering(boolean pause, boolean resume, boolean abandon) {

        /// Whether there is anything at all.
        public boolean any() {
            return pause || resume || abandon;
        }
    }
}
