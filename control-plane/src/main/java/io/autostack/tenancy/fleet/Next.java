package io.autostack.tenancy.fleet;

import java.util.Comparator;
import java.util.List;

/// What a rollout has to do next.
sealed interface Next {

    /// Enqueue the migration of some more tenants of a wave.
    record Enqueue(int wave, int max) implements Next {}

    /// Something is on its way.
    record Wait() implements Next {}

    /// New tenants begin at the new version from now on.
    record Switch() implements Next {}

    /// One has failed: nothing more is begun.
    record Stop() implements Next {}

    /// Everybody is there.
    record Finish() implements Next {}

    /// A wave begins when all before it are through. The last one begins after new tenants begin at the new version,
    /// so that nobody who comes meanwhile is forgotten.
    ///
    /// @param waves those that have tenants
    /// @param inFlight how many may be migrated at the same time
    static Next after(List<WaveCount> waves, boolean switched, int inFlight) {
        if (waves.stream().anyMatch(wave -> wave.failed() > 0)) return new Stop();
        var current = waves.stream()
                .filter(wave -> !wave.finished())
                .min(Comparator.comparingInt(WaveCount::wave))
                .orElse(null);
        if (!switched && (current == null || current.wave() == Waves.REST)) return new Switch();
        if (current == null) return new Finish();
        int running =
                waves.stream().mapToInt(wave -> wave.running() - wave.heldUp()).sum();
        int max = Math.min(current.waiting(), inFlight - running);
        return max > 0 ? new Enqueue(current.wave(), max) : new Wait();
    }
}
