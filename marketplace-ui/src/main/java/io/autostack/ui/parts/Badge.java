package io.autostack.ui.parts;

/// A short word in a colour: a state, a plan, a mark of quality.
public record Badge(String text, Tone tone) {

    public static Badge plan(String name) {
        return new Badge(name, Tone.NEUTRAL);
    }

    /// The badge for a life-cycle word as the API spells it; a word this library does not know stays readable.
    public static Badge status(String word) {
        var tone = switch (word) {
            case "active", "done", "running-well", "approved", "listed", "accepted", "verified" -> Tone.GOOD;
            case "provisioning", "running", "deploying", "closing", "verifying", "removing" -> Tone.BUSY;
            case "suspended", "in review", "degraded", "expired", "paused" -> Tone.WARN;
            case "failed", "rejected", "yanked", "refused", "stopped" -> Tone.BAD;
            default -> Tone.NEUTRAL;
        };
        return new Badge(word, tone);
    }

    public static Badge simulated() {
        return new Badge("simulated", Tone.WARN);
    }

    public static Badge real() {
        return new Badge("real", Tone.GOOD);
    }
}
