package io.autostack.tenancy.domains;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com",
        "' Shop.EXAMPLE.com. ', shop.example.com",
        "bäckerei.example, xn--bckerei-5wa.example",
        "1.2.example, 1.2.example",
        "xn--bckerei-5wa.example, xn--bckerei-5wa.example"
    })
    void a_name_is_written_down_as_the_name_system_has_it(String given, String name) {
        assertThat(of(given)).isEqualTo(new DomainName.Valid(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "shop",
                "localhost",
                "acme.localhost",
                "shop.apps.example.org",
                "apps.example.org",
                "SHOP.APPS.example.org.",
                "127.0.0.1",
                "10.1",
                "::1",
                "[::1]",
                "1.2.3.0x7f",
                "https://shop.example.com",
                "shop.example.com/path",
                "shop.example.com:8080",
                "me@example.com",
                "*.example.com",
                "-shop.example.com",
                "shop-.example.com",
                "shop..example.com",
                ".example.com",
                "sh op.example.com",
                "sh_op.example.com",
                "shop\u0000.example.com",
                "shop.example.com\nevil.example"
            })
    void what_is_no_domain_of_a_tenants_own_is_refused_with_a_reason(String given) {
        assertThat(of(given))
                .isInstanceOfSatisfying(
                        DomainName.Refused.class,
                        refused -> assertThat(refused.message()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "faß.example, xn--fa-hia.example, faß.example",
        "FAẞ.example, xn--fa-hia.example, faß.example",
        "fass.example, fass.example, fass.example",
        "نامه\u200Cای.example, xn--mgba3gch31f060k.example, نامه\u200Cای.example",
        "βόλος.example, xn--nxasmm1c.example, βόλος.example",
        "σς.example, xn--3xab.example, σς.example",
        "ΣΑΣ。EXAMPLE, xn--mxa9ab.example, σασ.example",
        "ＳＨＯＰ．example, shop.example, shop.example",
        "straße。example., xn--strae-oqa.example, straße.example",
        "r3---shop.example, r3---shop.example, r3---shop.example"
    })
    void t43_a_name_is_the_one_that_browsers_ask_for(String given, String name, String written) {
        assertThat(of(given)).isEqualTo(new DomainName.Valid(name));
        assertThat(BrowserNames.toUnicode(name)).isEqualTo(written);
        assertThat(of(name)).isEqualTo(new DomainName.Valid(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u1E9F", "\u0370", "\u2C68", "\uA723", "\uD83D\uDE00", "\uD841\uDF0E", "\u0531"})
    void t43_letters_that_are_newer_than_the_jdks_table_are_letters(String letter) {
        assertThat(of(letter + ".example"))
                .isInstanceOfSatisfying(
                        DomainName.Valid.class,
                        valid -> assertThat(valid.name()).startsWith("xn--"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Cb.example",
                "a\u200Db.example",
                "\u202Eexample.com",
                "shop.\uD800.example",
                "אab.example",
                "xn--fa-hia-.example",
                "xn--a.example",
                "xn--fass-.example",
                "xn--.example",
                "\u0301a.example",
                "\u0378.example",
                "a⒈com.example",
                "１２７.0.0.1",
                "localhos\u1D57",
                "shop.apps。example．org"
            })
    void t43_what_browsers_would_not_ask_for_or_is_the_platforms_in_disguise_is_refused(String given) {
        assertThat(of(given)).isInstanceOf(DomainName.Refused.class);
    }

    @Test
    void a_label_has_63_characters_at_the_most() {
        assertThat(of("x".repeat(63) + ".example")).isInstanceOf(DomainName.Valid.class);
        assertThat(of("x".repeat(64) + ".example")).isInstanceOf(DomainName.Refused.class);
    }

    @Test
    void the_name_of_the_record_fits_into_the_name_system_as_well() {
        var longest = ("x".repeat(56) + ".").repeat(4) + "abcd";
        assertThat(longest).hasSize(DomainName.MAX_LENGTH);
        assertThat(of(longest)).isInstanceOf(DomainName.Valid.class);
        assertThat(of("y" + longest)).isInstanceOf(DomainName.Refused.class);
    }

    private static DomainName of(String given) {
        return DomainName.of(given, ".apps.example.org");
    }
}
