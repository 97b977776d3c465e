package io.autostack.ui.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"99 | $99.00", "1999.0000 | $1,999.00", "0.04048 | $0.04048", "-12.5 | −$12.50", "0 | $0.00"})
    void money_shows_cents_and_finer_digits_only_where_there_are_some(String value, String shown) {
        assertThat(Amount.usd(value).text()).isEqualTo(shown);
    }

    @Test
    void another_currency_is_named() {
        assertThat(new Amount(new BigDecimal("5"), "EUR").text()).isEqualTo("5.00 EUR");
    }

    @Test
    void a_range_without_width_is_one_amount() {
        assertThat(new AmountRange(Amount.usd("5"), Amount.usd("5.00")).text()).isEqualTo("$5.00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1234.50 | 1,234.5", "100 | 100", "1E+6 | 1,000,000", "0.00 | 0", "0.125 | 0.125"})
    void numbers_are_grouped_and_end_at_their_last_digit(String value, String shown) {
        assertThat(Formats.number(new BigDecimal(value))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"300 | 300 ms", "3040 | 3.0 s", "92000 | 1 min 32 s", "3600000 | 1 h 00 min", "59999 | 59.9 s"})
    void durations_use_the_unit_one_would_say(long millis, String shown) {
        assertThat(Formats.lasted(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0 B", "999 | 999 B", "1500 | 1.5 KB", "2000000 | 2 MB"})
    void sizes_use_the_largest_unit_that_fits(long bytes, String shown) {
        assertThat(Formats.bytes(bytes)).isEqualTo(shown);
    }

    @Test
    void moments_are_shown_in_universal_time() {
        assertThat(Formats.moment(Instant.parse("2026-11-20T09:30:59.123Z"))).isEqualTo("20 Nov 2026, 09:30 UTC");
    }

    @Test
    void a_text_in_a_link_cannot_leave_its_segment() {
        assertThat(Formats.inLink("a/b ?c&d")).isEqualTo("a%2Fb%20%3Fc%26d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "//elsewhere.example", " https://x", "data:text/html,x", "tenants"})
    void a_link_that_is_neither_ours_nor_of_the_web_leads_nowhere(String href) {
        assertThat(Formats.webLink(href)).isEqualTo("#");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tenants/acme", "http://acme.localhost:8081", "https://acme.example"})
    void a_link_of_ours_or_of_the_web_stays_as_it_is(String href) {
        assertThat(Formats.webLink(href)).isEqualTo(href);
    }

    @Test
    void an_unknown_status_stays_readable() {
        assertThat(Badge.status("hibernating")).isEqualTo(new Badge("hibernating", Tone.NEUTRAL));
    }
}
