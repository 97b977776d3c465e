package io.autostack.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugsTest {

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a1", "acme", "acme-west", "a-b-c", "x9-9x"})
    void small_letters_digits_and_single_hyphens_make_a_slug(String slug) {
        assertThat(Slugs.problemOfTenant(slug)).isEmpty();
        assertThat(Slugs.problemOfApp(slug)).isEmpty();
        assertThat(Slugs.isForm(slug)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "-ab", "ab-", "a--b", "Acme", "ac me", "ac_me", "größe", "a.b", "аcme", "ab\n"})
    void anything_else_is_refused_in_words(String slug) {
        assertThat(Slugs.problemOfTenant(slug))
                .hasValueSatisfying(why -> assertThat(why).startsWith("may have small letters"));
        assertThat(Slugs.problemOfApp(slug)).isEqualTo(Slugs.problemOfTenant(slug));
        assertThat(Slugs.isForm(slug)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void nothing_is_needed(String nothing) {
        assertThat(Slugs.problemOfTenant(nothing)).contains("is needed");
        assertThat(Slugs.problemOfApp(nothing)).contains("is needed");
    }

    @Test
    void a_tenants_may_have_two_to_thirty_characters_and_an_apps_twenty() {
        assertThat(Slugs.problemOfTenant("z".repeat(30))).isEmpty();
        assertThat(Slugs.problemOfApp("z".repeat(20))).isEmpty();
        assertThat(Slugs.problemOfTenant("z".repeat(31))).contains("must have 2 to 30 characters");
        assertThat(Slugs.problemOfApp("z".repeat(21))).contains("must have 2 to 20 characters");
        assertThat(Slugs.problemOfApp("z")).contains("must have 2 to 20 characters");
    }

    @Test
    void a_name_that_the_platform_uses_is_reserved_for_tenants_and_free_for_apps() {
        assertThat(Slugs.problemOfTenant("admin")).contains("“admin” is reserved for the platform");
        assertThat(Slugs.problemOfApp("admin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Acme, 30, acme",
        "Acme West GmbH, 30, acme-west-gmbh",
        "Größe & Söhne, 30, gro-e-sohne",
        "Café Zürich, 30, cafe-zurich",
        "  -- 24/7 Shop --, 30, shop",
        "Shop 24/7, 30, shop-24-7",
        "ACME, 2, ac",
        "ab cd, 3, ab",
        "a----b, 30, a-b",
        "123, 30, ''",
        "株式会社, 30, ''"
    })
    void a_name_becomes_a_slug(String name, int longest, String slug) {
        assertThat(Slugs.from(name, longest)).isEqualTo(slug);
    }

    @Test
    void a_word_of_any_length_is_looked_at_and_thirty_letters_are_the_most() {
        assertThat(Slugs.isForm("y".repeat(30))).isTrue();
        assertThat(Slugs.isForm("y".repeat(31))).isFalse();
        assertThat(Slugs.isForm("y".repeat(1_000_000))).isFalse();
        assertThat(Slugs.isForm("y-".repeat(1_000_000) + "y")).isFalse();
    }
}
