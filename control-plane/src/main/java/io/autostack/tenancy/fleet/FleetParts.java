package io.autostack.tenancy.fleet;

import io.autostack.ui.fleet.FleetPage;
import io.autostack.ui.fleet.Rollout;
import io.autostack.ui.fleet.RolloutPage;
import io.autostack.ui.parts.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fleet as parts of pages.
final class FleetParts {

    private static final int SHORT = 12;

    private FleetParts() {}

    static Rollout rollout(Fleet.View view) {
        var row = view.rollout();
        var state = row.state();
        return new Rollout(
                row.id.toString(),
                row.version,
                Badge.status(state.word()),
                view.live(),
                row.message,
                row.switchedAt != null,
                row.createdBy,
                row.createdAt,
                row.finishedAt,
                view.waves().stream().map(FleetParts::wave).toList(),
                view.failed().stream().map(FleetParts::failure).toList(),
                new Rollout.Steering(
                        RolloutState.AT_WORK.contains(state),
                        state == RolloutState.PAUSED || state == RolloutState.STOPPED,
                        RolloutState.OPEN.contains(state)));
    }

    private static Rollout.Wave wave(WaveCount wave) {
        return new Rollout.Wave(
                Waves.name(wave.wave()), wave.total(), wave.done() + wave.skipped(), wave.running(), wave.failed());
    }

    private static Rollout.Failure failure(Fleet.Part part) {
        var operation = part.row().operation;
        return new Rollout.Failure(
                part.tenant().name(),
                part.tenant().slug(),
                part.row().message,
                operation == null ? null : operation.toString());
    }

    static RolloutPage.Part part(Fleet.Part part) {
        var row = part.row();
        return new RolloutPage.Part(
                part.tenant().name(),
                part.tenant().slug(),
                Waves.name(row.wave),
                Badge.status(row.state),
                blank(row.fromVersion),
                row.toVersion,
                row.toFingerprint == null ? null : shortened(row.toFingerprint),
                row.operation == null ? null : row.operation.toString(),
                row.message);
    }

    static FleetPage.Past past(Fleet.View view) {
        return new FleetPage.Past(
                view.rollout().id.toString(),
                view.rollout().version,
                Badge.status(view.rollout().state),
                view.waves().stream().mapToInt(WaveCount::total).sum(),
                view.rollout().createdBy,
                view.rollout().createdAt);
    }

    static List<FleetPage.Version> versions(Fleet.Schemas schemas) {
        return schemas.versions().stream()
                .map(version -> new FleetPage.Version(
                        version.number(),
                        version.description(),
                        version.tenants(),
                        version.number().equals(schemas.first()),
                        version.known(),
                        version.prints().stream()
                                .map(print -> shortened(print.fingerprint()) + " · " + print.tenants())
                                .toList()))
                .toList();
    }

    static FleetPage.Drift drift(Fleet.Drifting drifting) {
        return new FleetPage.Drift(
                drifting.tenant().name(),
                drifting.tenant().slug(),
                drifting.version(),
                shortened(drifting.fingerprint()),
                shortened(drifting.usual()));
    }

    private static String shortened(String fingerprint) {
        return fingerprint.substring(0, Math.min(SHORT, fingerprint.length()));
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
