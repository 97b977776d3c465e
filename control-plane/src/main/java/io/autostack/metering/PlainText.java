package io.autostack.metering;

/// Text that every store keeps as it is: no control characters, no half of a character.
final class PlainText {

    private PlainText() {}

    static boolean is(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
