package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What senders of usage write, as texts and as numbers.
class HeaderTextTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a+b, a+b",
        "a%20b, a b",
        "a%2Bb+c, a+b+c",
        "gr%C3%B6%C3%9Fer, größer",
        "%F0%9F%98%80, 😀",
        "100%, 100%",
        "%zz, %zz",
        "'', ''"
    })
    void a_header_is_decoded_once_and_a_plus_sign_is_a_plus_sign(String header, String text) {
        assertThat(HeaderText.decoded(header)).isEqualTo(text);
    }

    @Test
    void a_header_that_is_not_there_has_no_text() {
        assertThat(HeaderText.decoded(null)).isNull();
        assertThat(HeaderText.decoded("%2525")).isEqualTo("%25");
    }

    @Test
    void text_has_neither_control_characters_nor_halves_of_one() {
        for (var good : new String[] {"", "grün 😀", "a\u00A0b"})
            assertThat(PlainText.is(good)).as(good).isTrue();
        for (var bad : new String[] {"a\0", "a\nb", "\t", "\u007f", "\u0085", "\ud800", "a\udc00"})
            assertThat(PlainText.is(bad)).as(bad).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.000000, 0",
        "0E+99999, 0",
        "1E+3, 1000",
        "1.50, 1.5",
        "0.000001, 0.000001",
        "99999999999999.999999, 99999999999999.999999",
        "1E+13, 10000000000000",
        "1.0000000000, 1"
    })
    void an_amount_that_the_ledger_can_hold_is_read(String sent, String counted) {
        assertThat(Quantity.read(new BigDecimal(sent)).map(BigDecimal::toPlainString))
                .contains(counted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.000001", "0.0000001", "100000000000000", "1E+14", "1E+999999999", "1E-999999999", "-1"})
    void an_amount_that_it_cannot_hold_is_refused_without_being_written_out(String sent) {
        assertThat(Quantity.read(new BigDecimal(sent))).isEqualTo(Optional.empty());
    }

    @Test
    void zeros_that_say_nothing_are_left_out() {
        assertThat(Quantity.stripped(new BigDecimal("1200.00"))).isEqualTo(new BigDecimal("1200"));
        assertThat(Quantity.stripped(new BigDecimal("0.000"))).isEqualTo(BigDecimal.ZERO);
        assertThat(Quantity.stripped(new BigDecimal("-2.50"))).isEqualTo(new BigDecimal("-2.5"));
    }
}
