package io.autostack.plugin;

/// What is wrong with one answer, in words for the person who gave it.
///
/// @param name the parameter's name
/// @param message ready to be shown beside the field
public record FieldMessage(String name, String message) {

    public FieldMessage {
        Require.length("a field's name", name, 100);
        Require.length("a field's message", message, 1_000);
    }
}
