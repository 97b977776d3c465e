package io.autostack.plugin;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// The few promises that records of this language keep from birth.
final class Require {

    /// No stack is larger: a guard against nonsense, not a limit of any plan.
    static final BigDecimal MAX_QUANTITY = BigDecimal.valueOf(1_000_000_000);

    private static final int MAX_SCALE = 9;

    /// Some scripts are not written without these two.
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private Require() {}

    static void name(String what, String name) {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException(what + " must be 1 to 40 lower-case letters, digits and hyphens, "
                    + "beginning with a letter: \"" + shortened(name) + "\"");
    }

    /// One line that is not empty.
    static void text(String what, String text, int max) {
        if (text.isBlank()) throw new IllegalArgumentException(what + " must not be empty");
        line(what, text, max);
    }

    /// Also an empty one.
    static void line(String what, String text, int max) {
        length(what, text, max);
        readable(what, text, "");
    }

    /// Several lines of text.
    static void lines(String what, String text, int max) {
        if (text.isBlank()) throw new IllegalArgumentException(what + " must not be empty");
        length(what, text, max);
        readable(what, text, "\n\r\t");
    }

    /// What is handed on as it is: whatever can be stored and be a program's argument or variable.
    static void data(String what, String text, int max) {
        length(what, text, max);
        if (text.codePoints().anyMatch(character -> character == 0 || isHalf(character)))
            throw new IllegalArgumentException(what + " must not contain NUL or half of a character");
    }

    /// People read it, in pages, terminals and logs: nothing in it steers those or turns the reading direction
    /// round.
    private static void readable(String what, String text, String allowed) {
        if (text.codePoints().anyMatch(character -> steers(character) && allowed.indexOf(character) < 0))
            throw new IllegalArgumentException(what + " must not contain control characters");
    }

    private static boolean steers(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> character != ZERO_WIDTH_JOINER && character != ZERO_WIDTH_NON_JOINER;
            default -> false;
        };
    }

    private static boolean isHalf(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    static void length(String what, String text, int max) {
        if (text.length() > max)
            throw new IllegalArgumentException(
                    what + " must have at most " + max + " characters, has " + text.length());
    }

    static void between(String what, long number, long min, long max) {
        if (number < min || number > max)
            throw new IllegalArgumentException(what + " must be between " + min + " and " + max + ", is " + number);
    }

    static void between(String what, BigDecimal number, BigDecimal min, BigDecimal max) {
        if (Math.abs((long) number.scale()) > MAX_SCALE)
            throw new IllegalArgumentException(what + " must have at most " + MAX_SCALE + " decimal places");
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0)
            throw new IllegalArgumentException(what + " must be between " + min.toPlainString() + " and "
                    + max.toPlainString() + ", is " + number.toPlainString());
    }

    static String shortened(String text) {
        return shortened(text, 60);
    }

    static String shortened(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
