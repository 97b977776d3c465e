package io.autostack.plugin;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Matches a pattern that somebody else wrote, but looks at so many characters only.
///
/// Patterns come from plugins and answers from users: without a bound, `(a+)+b` would keep the host busy for
/// years. So would `(?:(?:){2147483647}){2147483647}`, which looks at nothing: such repetitions are counted
/// before anything is matched.
final class BoundedPattern {

    private static final int MAX_STEPS = 200_000;
    private static final int MAX_REPETITIONS = 1_000;

    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]+)");

    /// The flag x and quoting: both let something stand within a repetition that is not there for whoever
    /// counts it.
    private static final Pattern OBSCURE = Pattern.compile("\\(\\?[a-zA-Z]*x|\\\\Q");

    /// Escapes of one character, whichever it is.
    private static final String LOOKS = "dDwWsShHvV";

    private BoundedPattern() {}

    /// Why it is not taken: broken, or able to keep busy whoever matches it.
    static Optional<String> objection(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        } catch (StackOverflowError _) {
            return Optional.of("too deep");
        }
        if (OBSCURE.matcher(pattern).find())
            return Optional.of("comments (the flag x) and quotes (\\Q) are not allowed");
        return blindRepetitions(pattern) > MAX_REPETITIONS
                ? Optional.of("what it repeats comes to more than " + MAX_REPETITIONS + " times")
                : Optional.empty();
    }

    /// As often as something is repeated at least that may look at no character, as if all such repetitions
    /// stood one in the other.
    private static long blindRepetitions(String pattern) {
        long all = 1;
        var repetitions = REPETITION.matcher(pattern);
        while (repetitions.find() && all <= MAX_REPETITIONS)
            if (!steps(pattern, repetitions.start()))
                all *= repetitions.group(1).length() > 9 ? MAX_REPETITIONS + 1 : atLeast(repetitions.group(1));
        return all;
    }

    private static int atLeast(String digits) {
        return Math.max(1, Integer.parseInt(digits));
    }

    /// Whether what stands before is surely one character: a class, a dot, a letter, or an escape of one.
    private static boolean steps(String pattern, int repetition) {
        if (repetition == 0) return false;
        char last = pattern.charAt(repetition - 1);
        if (last == ']' || last == '.') return true;
        var escaped = repetition > 1 && pattern.charAt(repetition - 2) == '\\';
        return escaped ? LOOKS.indexOf(last) >= 0 : Character.isLetter(last);
    }

    static boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(new Watched(text)).matches();
        } catch (StepsExceeded _) {
            return false;
        } catch (StackOverflowError _) {
            return false;
        }
    }

    private static final class Watched implements CharSequence {

        private final String text;
        private int steps;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) throw new StepsExceeded();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class StepsExceeded extends RuntimeException {

        private static final long serialVersionUID = 1;

        StepsExceeded() {
            super(null, null, false, false);
        }
    }
}
