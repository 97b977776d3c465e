package io.autostack.shared;

/// Text that a spreadsheet shows instead of running: what begins like a formula gets an apostrophe in front.
public final class SpreadsheetText {

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private SpreadsheetText() {}

    public static String safe(String text) {
        return !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
