package io.autostack.ui.tenancy;

import io.autostack.ui.parts.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The onboarding form as it was filled in, with what is wrong about it. Fields: name, slug, plan,
/// environment, database (empty: as the plan says), adminEmail.
public record OnboardForm(
        String name,
        String slug,
        String plan,
        String environment,
        String database,
        String adminEmail,
        List<FieldError> errors) {

    public OnboardForm {
        errors = List.copyOf(errors);
    }

    /// Nothing filled in; `plan` is the one that is chosen to begin with.
    public static OnboardForm blank(String plan) {
        return new OnboardForm("", "", plan, "production", "", "", List.of());
    }

    public OnboardForm with(List<FieldError> found) {
        return new OnboardForm(name, slug, plan, environment, database, adminEmail, found);
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
            case "slug" -> "Slug";
            case "plan" -> "Plan";
            case "environment" -> "Environment";
            case "database" -> "Database";
            case "adminEmail" -> "Administrator’s e-mail";
            default -> field;
        };
    }
}
