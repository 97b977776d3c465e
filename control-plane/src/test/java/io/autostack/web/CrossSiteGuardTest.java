package io.autostack.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteGuardTest {

    private static final URI BEHIND_THE_PROXY = URI.create("http://127.0.0.1:8080/");

    private final CrossSiteGuard guard = new CrossSiteGuard(new PublicAddress(
            new EarlyAnswer(new ObjectMapper()), URI.create("https://Portal.example:8443"), Optional.empty()));

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void whoever_only_looks_may_come_from_anywhere(String method) {
        assertThat(guard.refuses(method, "cross-site", "https://evil.example", true, BEHIND_THE_PROXY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "get", "TRACE"})
    void whoever_changes_something_is_asked_where_it_comes_from(String method) {
        assertThat(guard.refuses(method, "cross-site", null, false, BEHIND_THE_PROXY))
                .isTrue();
    }

    @Test
    void a_browsers_word_about_the_site_comes_first() {
        for (var own : List.of("same-origin", "none"))
            assertThat(posted(own, "https://evil.example", true)).as(own).isFalse();
        for (var other : List.of("cross-site", "same-site", "", "SAME-ORIGIN"))
            assertThat(posted(other, "https://portal.example:8443", true))
                    .as(other)
                    .isTrue();
    }

    @Test
    void m16_an_origin_is_ours_with_its_scheme_host_and_port() {
        for (var ours : List.of("https://portal.example:8443", "HTTPS://PORTAL.example:8443", "http://127.0.0.1:8080"))
            assertThat(posted(null, ours, true)).as(ours).isFalse();
        for (var other : List.of(
                "http://portal.example:8443",
                "https://portal.example",
                "https://portal.example:443",
                "https://127.0.0.1:8080",
                "http://127.0.0.1",
                "http://127.0.0.1:80801",
                "https://portal.example:8443.evil.example",
                "https://evil.example/https://portal.example:8443",
                "null",
                "not an origin",
                "")) assertThat(posted(null, other, false)).as(other).isTrue();
    }

    @Test
    void without_a_word_about_its_origin_nobody_may_send_cookies() {
        assertThat(posted(null, null, true)).isTrue();
        assertThat(posted(null, null, false)).as("a program with a token").isFalse();
    }

    private boolean posted(@Nullable String site, @Nullable String origin, boolean cookies) {
        return guard.refuses("POST", site, origin, cookies, BEHIND_THE_PROXY);
    }
}
