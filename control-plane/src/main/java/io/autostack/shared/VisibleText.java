package io.autostack.shared;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What names and reasons that people type may be made of: characters that everybody who reads them sees, in the order
/// in which they were typed.
public final class VisibleText {

    /// Writing in which letters change by a joiner between them, so that one cannot do without.
    private static final Set<UnicodeScript> JOINING = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MANDAIC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.NKO,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int EMOJI_SHAPE = 0xFE0F;
    private static final int NOTHING = -1;

    private VisibleText() {}

    /// What is wrong with a text, in words behind the field's name; empty when nothing is, and when it is empty.
    public static Optional<String> problem(String text) {
        int before = NOTHING;
        var seen = text.isEmpty();
        for (int point : text.codePoints().toArray()) {
            var problem = problem(point, before);
            if (problem.isPresent()) return problem;
            seen |= isSeen(point);
            before = point;
        }
        if (isJoiner(before)) return Optional.of("must not end with an invisible character");
        return seen ? Optional.empty() : Optional.of("must have characters that can be seen");
    }

    private static Optional<String> problem(int point, int before) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                refused(point, "control characters or line breaks");
            case Character.SURROGATE -> refused(point, "half of a character");
            case Character.UNASSIGNED, Character.PRIVATE_USE -> refused(point, "characters that Unicode does not know");
            case Character.FORMAT -> formatting(point, before);
            default ->
                isBlank(point) || (isShape(point) && !mayBeShaped(before))
                        ? refused(point, "invisible characters")
                        : Optional.empty();
        };
    }

    private static Optional<String> formatting(int point, int before) {
        if (isDirection(point)) return refused(point, "characters that turn the direction of writing");
        return isJoiner(point) && joins(before) ? Optional.empty() : refused(point, "invisible characters");
    }

    private static Optional<String> refused(int point, String what) {
        return Optional.of("must not contain %s (U+%04X)".formatted(what, point));
    }

    private static boolean isDirection(int point) {
        return (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || (point >= 0x206A && point <= 0x206F)
                || point == 0x200E
                || point == 0x200F
                || point == 0x061C;
    }

    /// Letters and marks by their type, and yet nothing is drawn.
    private static boolean isBlank(int point) {
        return switch (point) {
            case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> false;
        };
    }

    /// Variation selectors: another shape of the character before.
    private static boolean isShape(int point) {
        return (point >= 0xFE00 && point <= EMOJI_SHAPE)
                || (point >= 0xE0100 && point <= 0xE01EF)
                || (point >= 0x180B && point <= 0x180D)
                || point == 0x180F;
    }

    private static boolean mayBeShaped(int before) {
        return before != NOTHING && isSeen(before) && !isLatin(before);
    }

    private static boolean isLatin(int point) {
        return UnicodeScript.of(point) == UnicodeScript.LATIN;
    }

    private static boolean isJoiner(int point) {
        return point == JOINER || point == NON_JOINER;
    }

    private static boolean joins(int before) {
        return before != NOTHING
                && (JOINING.contains(UnicodeScript.of(before))
                        || before == EMOJI_SHAPE
                        || (Character.isEmoji(before) && Character.getType(before) == Character.OTHER_SYMBOL)
                        || Character.isEmojiModifier(before));
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR,
                    Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }
}
