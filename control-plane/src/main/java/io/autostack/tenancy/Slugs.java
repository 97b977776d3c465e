package io.autostack.tenancy;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Short names in addresses: of tenants (2 to 30 characters) and of apps (2 to 20).
public final class Slugs {

    public static final int MIN_LENGTH = 2;
    public static final int MAX_TENANT_LENGTH = 30;
    public static final int MAX_APP_LENGTH = 20;

    /// For browsers and for us alike. No two hyphens in a row: names made from two slugs stay unambiguous.
    public static final String PATTERN = "[a-z](-?[a-z0-9])+";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private Slugs() {}

    /// What is wrong with a tenant's slug, in words for a person.
    public static Optional<String> problemOfTenant(String slug) {
        if (ReservedSlugs.contains(slug)) return Optional.of("“" + slug + "” is reserved for the platform");
        return problem(slug, MAX_TENANT_LENGTH);
    }

    /// What is wrong with an app's slug.
    public static Optional<String> problemOfApp(String slug) {
        return problem(slug, MAX_APP_LENGTH);
    }

    /// Whether it could be a tenant's slug at all. The length comes first: the pattern goes one deeper with each
    /// letter.
    static boolean isForm(String word) {
        return word.length() <= MAX_TENANT_LENGTH && FORM.matcher(word).matches();
    }

    /// A slug made from a name; it may still be too short.
    public static String from(String name, int longest) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+", "");
        var cut = plain.length() > longest ? plain.substring(0, longest) : plain;
        return cut.replaceAll("-+$", "");
    }

    private static Optional<String> problem(String slug, int longest) {
        if (slug.isBlank()) return Optional.of("is needed");
        if (slug.length() < MIN_LENGTH || slug.length() > longest)
            return Optional.of("must have " + MIN_LENGTH + " to " + longest + " characters");
        if (!FORM.matcher(slug).matches())
            return Optional.of("may have small letters, digits and single hyphens, and begins with a letter");
        return Optional.empty();
    }
}
