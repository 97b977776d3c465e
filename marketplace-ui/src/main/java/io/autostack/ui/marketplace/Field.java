package io.autostack.ui.marketplace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of a form that is made from a descriptor; `min` and `max` only matter for numbers.
public record Field(
        String name,
        String label,
        Kind kind,
        @Nullable String help,
        String value,
        boolean required,
        List<Choice> choices,
        @Nullable Long min,
        @Nullable Long max,
        @Nullable String error) {

    /// How the value is entered.
    public enum Kind {
        TEXT,
        CHOICE,
        NUMBER,
        FLAG
    }

    /// One of the values to choose from.
    public record Choice(String value, String label) {}

    public static Field text(String name, String label, @Nullable String help, String value, boolean required) {
        return new Field(name, label, Kind.TEXT, help, value, required, List.of(), null, null, null);
    }

    public static Field choice(
            String name, String label, @Nullable String help, String value, boolean required, List<Choice> choices) {
        return new Field(name, label, Kind.CHOICE, help, value, required, choices, null, null, null);
    }

    public static Field number(
            String name,
            String label,
            @Nullable String help,
            String value,
            boolean required,
            @Nullable Long min,
            @Nullable Long max) {
        return new Field(name, label, Kind.NUMBER, help, value, required, List.of(), min, max, null);
    }

    /// The value is `true` or anything else; an unticked box is not sent at all.
    public static Field flag(String name, String label, @Nullable String help, boolean on) {
        return new Field(name, label, Kind.FLAG, help, Boolean.toString(on), false, List.of(), null, null, null);
    }

    public Field wrong(String message) {
        return new Field(name, label, kind, help, value, required, choices, min, max, message);
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    public boolean isChoice() {
        return kind == Kind.CHOICE;
    }

    public boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    public boolean isFlag() {
        return kind == Kind.FLAG;
    }

    public boolean on() {
        return value.equals("true");
    }

    /// What `aria-describedby` points to, or nothing.
    public @Nullable String describedBy() {
        if (help == null && error == null) return null;
        if (error == null) return "help-" + name;
        return help == null ? "error-" + name : "help-" + name + " error-" + name;
    }
}
