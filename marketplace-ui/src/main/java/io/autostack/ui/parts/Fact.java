package io.autostack.ui.parts;

import org.jspecify.annotations.Nullable;

/// A name and its value. Technical values are set in the code font and can be copied.
public record Fact(String label, String value, @Nullable String href, boolean technical) {

    public static Fact text(String label, String value) {
        return new Fact(label, value, null, false);
    }

    public static Fact code(String label, String value) {
        return new Fact(label, value, null, true);
    }

    public static Fact link(String label, String value, String href) {
        return new Fact(label, value, href, false);
    }
}
