package io.autostack.ui.parts;

/// The mood of a badge or a message. The colour never stands alone: there is always a word beside it.
public enum Tone {
    NEUTRAL,
    INFO,
    BUSY,
    GOOD,
    WARN,
    BAD;

    public String css() {
        return "tone-" + word();
    }

    /// A failure interrupts a screen reader; everything else waits for its turn.
    public String role() {
        return this == BAD ? "alert" : "status";
    }

    public String icon() {
        return switch (this) {
            case NEUTRAL, INFO -> "info";
            case BUSY -> "clock";
            case GOOD -> "check";
            case WARN, BAD -> "warning";
        };
    }

    private String word() {
        return switch (this) {
            case NEUTRAL -> "neutral";
            case INFO -> "info";
            case BUSY -> "busy";
            case GOOD -> "good";
            case WARN -> "warn";
            case BAD -> "bad";
        };
    }
}
