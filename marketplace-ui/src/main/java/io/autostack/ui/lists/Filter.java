package io.autostack.ui.lists;

import java.util.List;

/// A field that narrows a list.
///
/// @param type of an input, or `select`
/// @param options of a select, without the one for any value
/// @param kept whether the list with everything keeps it, because whoever looks may not see the list without it
public record Filter(String name, String label, String value, String type, List<Option> options, boolean kept) {

    /// One value to choose.
    public record Option(String value, String label) {}

    /// To be typed.
    public static Filter text(String name, String label, String value, boolean kept) {
        return new Filter(name, label, value, "text", List.of(), kept);
    }

    /// A day.
    public static Filter day(String name, String label, String value) {
        return new Filter(name, label, value, "date", List.of(), false);
    }

    /// One of a few.
    public static Filter choice(String name, String label, String value, List<Option> options) {
        return new Filter(name, label, value, "select", options, false);
    }

    public boolean isSelect() {
        return type.equals("select");
    }
}
