package io.autostack.ui.operations;

import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Tone;

/// Where an operation or a step stands.
public enum State {
    WAITING("waiting", Tone.NEUTRAL, "clock"),
    RUNNING("running", Tone.BUSY, "spinner"),
    DONE("done", Tone.GOOD, "check"),
    FAILED("failed", Tone.BAD, "cross");

    private final String word;
    private final Tone tone;
    private final String icon;

    State(String word, Tone tone, String icon) {
        this.word = word;
        this.tone = tone;
        this.icon = icon;
    }

    /// From the word of the API: waiting, running, done or failed.
    public static State of(String word) {
        for (var state : values()) if (state.word.equals(word)) return state;
        throw new IllegalArgumentException("not a state of an operation: " + word);
    }

    public String word() {
        return word;
    }

    public String icon() {
        return icon;
    }

    public Badge badge() {
        return new Badge(word, tone);
    }

    public boolean isFinal() {
        return this == DONE || this == FAILED;
    }
}
