package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsNamesTest {

    @ParameterizedTest
    @CsvSource({
        "*.Acme.Example.com, *.acme.example.com",
        "\\052.acme.example.com., *.acme.example.com",
        "_dmarc.example.com., _dmarc.example.com",
        "a\\100b.example.com, a@b.example.com",
        "example.com.., example.com.",
        "a\\134b, a\\b",
        "a\\044b, a$b"
    })
    void a51_names_are_compared_as_people_write_them(String given, String normal) {
        assertThat(DnsNames.normal(given)).isEqualTo(normal);
    }

    @Test
    void a51_a_zone_is_its_id() {
        assertThat(DnsNames.zone("/hostedzone/Z1"))
                .isEqualTo(DnsNames.zone("Z1"))
                .isEqualTo("Z1");
    }

    @Test
    void a_name_is_inside_a_domain_at_a_label() {
        assertThat(DnsNames.isInside("acme.Example.com.", "example.com")).isTrue();
        assertThat(DnsNames.isInside("example.com", "example.com.")).isTrue();
        assertThat(DnsNames.isInside("acme-example.com", "example.com")).isFalse();
        assertThat(DnsNames.isInside("example.com.evil.org", "example.com")).isFalse();
    }
}
