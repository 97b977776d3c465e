package io.autostack.provisioning;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much of what a step says is kept. Some of it comes from a tenant's database or container, which may say
/// anything, and as much of it as they like. Pure.
final class Bounded {

    /// Characters of a sentence for people.
    static final int SENTENCE = 2_000;

    /// Characters of one piece of evidence.
    static final int EVIDENCE = 10_000;

    /// Pieces of evidence of one step.
    static final int PIECES = 200;

    /// Characters of all facts of an operation together: those are needed whole, or not at all.
    static final int FACTS = 500_000;

    private static final int NAME = 200;
    private static final int CAUSES = 5;
    private static final int FRAMES = 60;
    private static final char UNKNOWN = '\uFFFD';
    private static final String MORE = "…";

    private Bounded() {}

    static @Nullable String sentence(@Nullable String text) {
        return text == null ? null : text(text, SENTENCE);
    }

    static Map<String, String> evidence(Map<String, String> evidence) {
        var kept = new TreeMap<String, String>();
        for (var piece : new TreeMap<>(evidence).entrySet()) {
            if (kept.size() == PIECES) {
                kept.put(MORE, (evidence.size() - PIECES) + " more");
                break;
            }
            kept.put(text(piece.getKey(), NAME), text(piece.getValue(), EVIDENCE));
        }
        return kept;
    }

    /// Whether facts can be kept as they are.
    static boolean fits(Facts facts) {
        long characters = 0;
        for (var fact : facts.values().entrySet()) {
            characters += fact.getKey().length() + fact.getValue().length();
            if (characters > FACTS || !isStorable(fact.getKey()) || !isStorable(fact.getValue())) return false;
        }
        return true;
    }

    /// The same trouble with texts of bounded length, for the log.
    static Throwable trouble(Throwable thrown) {
        return trouble(thrown, CAUSES);
    }

    private static Throwable trouble(Throwable thrown, int causes) {
        var cause = thrown.getCause();
        var message = thrown.getMessage();
        var told = thrown.getClass().getName() + (message == null ? "" : ": " + text(message, SENTENCE));
        var copy = new Told(told, cause == null || causes == 0 ? null : trouble(cause, causes - 1));
        var frames = thrown.getStackTrace();
        copy.setStackTrace(frames.length <= FRAMES ? frames : Arrays.copyOf(frames, FRAMES));
        return copy;
    }

    /// Reads as what it is a copy of.
    private static final class Told extends Exception {

        private static final long serialVersionUID = 1;

        Told(String told, @Nullable Throwable cause) {
            super(told, cause, false, true);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    /// At most that many characters, of which the database can keep each.
    static String text(String text, int max) {
        if (text.length() <= max && isStorable(text)) return text;
        int end = text.length() <= max ? text.length() : max - MORE.length();
        var kept = new StringBuilder(max);
        for (int at = 0; at < end; ) {
            int point = text.codePointAt(at);
            int after = at + Character.charCount(point);
            if (after > end) break;
            kept.appendCodePoint(isStorable(point) ? point : UNKNOWN);
            at = after;
        }
        return end == text.length() ? kept.toString() : kept.append(MORE).toString();
    }

    private static boolean isStorable(String text) {
        return text.codePoints().allMatch(Bounded::isStorable);
    }

    /// No zero, and no half of a pair: `jsonb` takes neither.
    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }
}
