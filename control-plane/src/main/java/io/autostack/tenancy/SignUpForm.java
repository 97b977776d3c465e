package io.autostack.tenancy;

import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody asks for when onboarding a tenant, tidied up; without an environment it is production, without a
/// word about its database that is placed as the plan says.
public record SignUpForm(
        String name, String slug, String plan, String environment, String database, String adminEmail) {

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_EMAIL_LENGTH = 254;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\"<>]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");

    public static SignUpForm of(
            @Nullable String name,
            @Nullable String slug,
            @Nullable String plan,
            @Nullable String environment,
            @Nullable String database,
            @Nullable String adminEmail) {
        return new SignUpForm(
                tidy(name),
                tidy(slug),
                tidy(plan).toLowerCase(Locale.ROOT),
                tidy(environment).isEmpty()
                        ? Environment.PRODUCTION.word()
                        : tidy(environment).toLowerCase(Locale.ROOT),
                tidy(database).toLowerCase(Locale.ROOT),
                tidy(adminEmail).toLowerCase(Locale.ROOT));
    }

    /// Everything that can be said without looking anything up.
    public List<FieldError> errors() {
        var errors = new ArrayList<FieldError>();
        if (name.isEmpty()) errors.add(new FieldError("name", "is needed"));
        else if (name.length() > MAX_NAME_LENGTH)
            errors.add(new FieldError("name", "may have " + MAX_NAME_LENGTH + " characters at the most"));
        else VisibleText.problem(name).ifPresent(problem -> errors.add(new FieldError("name", problem)));
        Slugs.problemOfTenant(slug).ifPresent(problem -> errors.add(new FieldError("slug", problem)));
        if (plan.isEmpty()) errors.add(new FieldError("plan", "is needed"));
        if (Environment.find(environment).isEmpty())
            errors.add(new FieldError("environment", "must be poc or production"));
        if (!database.isEmpty() && placement().isEmpty())
            errors.add(new FieldError("database", "must be shared or dedicated"));
        if (adminEmail.isEmpty()) errors.add(new FieldError("adminEmail", "is needed"));
        else if (adminEmail.length() > MAX_EMAIL_LENGTH
                || !EMAIL.matcher(adminEmail).matches())
            errors.add(new FieldError("adminEmail", "is not an e-mail address, as in alice@example.com"));
        else VisibleText.problem(adminEmail).ifPresent(problem -> errors.add(new FieldError("adminEmail", problem)));
        return errors;
    }

    /// Empty when the plan decides.
    Optional<Placement> placement() {
        return Placement.find(database);
    }

    private static String tidy(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
