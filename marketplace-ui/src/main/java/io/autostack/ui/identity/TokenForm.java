package io.autostack.ui.identity;

import io.autostack.ui.parts.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form that makes a token: fields name, role and expires (days).
public record TokenForm(String name, String role, String expires, List<String> roles, List<FieldError> errors) {

    public static TokenForm blank(List<String> roles) {
        return new TokenForm("", roles.isEmpty() ? "" : roles.getFirst(), "90", roles, List.of());
    }

    public @Nullable String error(String field) {
        return errors.stream()
                .filter(error -> error.field().equals(field))
                .map(FieldError::message)
                .findFirst()
                .orElse(null);
    }

    /// The same errors for the summary at the top, where no label stands beside them.
    public List<FieldError> wrong() {
        return errors.stream()
                .map(error -> new FieldError(error.field(), label(error.field()) + ": " + error.message()))
                .toList();
    }

    private static String label(String field) {
        return switch (field) {
            case "name" -> "Name";
            case "role" -> "Role";
            case "expires" -> "Days until it expires";
            default -> field;
        };
    }
}
