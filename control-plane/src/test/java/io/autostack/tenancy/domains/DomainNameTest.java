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

    @Test
    void a_label_has_63_characters_at_the_most() {
        assertThat(of("x".repeat(63) + ".example")).isInstanceOf(DomainName.Valid.class);
        assertThat(of("x".repeat(64) + ".example")).isInstanceOf(DomainName.Refused.class);
    }

    @Test
    void the_name_of_the_record_fits_into_the_name_system_as_well() {
        var longest = ("x".repeat(56) + ".").repeat(4) + "abcd";
        assertThat(longest).hasSize(DomainName.LONGEST);
        assertThat(of(longest)).isInstanceOf(DomainName.Valid.class);
        assertThat(of("y" + longest)).isInstanceOf(DomainName.Refused.class);
    }

    private static DomainName of(String given) {
        return DomainName.of(given, ".apps.example.org");
    }
}
