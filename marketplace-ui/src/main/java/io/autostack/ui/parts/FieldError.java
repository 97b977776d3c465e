package io.autostack.ui.parts;

/// What is wrong with one field, in words that say how to put it right.
public record FieldError(String field, String message) {}
