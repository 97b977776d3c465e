package io.autostack.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedSlugsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "api",
                "auth",
                "autoconfig",
                "autodiscover",
                "billing",
                "cdn",
                "docs",
                "ftp",
                "hostmaster",
                "imap",
                "invoices",
                "localhost",
                "login",
                "mail",
                "mail2",
                "mx",
                "mx1",
                "no-reply",
                "noreply",
                "ns",
                "ns1",
                "ns02",
                "payment",
                "postmaster",
                "root",
                "security",
                "smtp",
                "sso",
                "static",
                "status",
                "support",
                "test",
                "webmaster",
                "web-mail",
                "wpad",
                "www",
                "www2"
            })
    void a_name_of_mail_billing_support_or_the_platform_is_nobodys(String slug) {
        assertThat(Slugs.problemOfTenant(slug)).contains("“" + slug + "” is reserved for the platform");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "nsa", "mailings", "api-lovers", "apia", "mx1-racing", "rooted", "t4711"})
    void a_name_that_only_looks_a_little_like_one_may_be_had(String slug) {
        assertThat(Slugs.problemOfTenant(slug)).isEqualTo(Optional.empty());
    }
}
