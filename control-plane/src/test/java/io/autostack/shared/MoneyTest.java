package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The small things that everything else counts, names and writes with.
class MoneyTest {

    @ParameterizedTest
    @CsvSource({"0.004, 0.00", "0.005, 0.01", "0.015, 0.02", "2.675, 2.68", "1000, 1000.00", "-0.005, -0.01"})
    void half_a_cent_is_rounded_up(String exact, String shown) {
        assertThat(Money.usd(exact).rounded()).isEqualTo(Money.usd(shown));
    }

    @Test
    void a_currency_without_small_units_has_none() {
        var yen = Currency.getInstance("JPY");

        assertThat(new Money(new BigDecimal("12.5"), yen).rounded()).isEqualTo(new Money(new BigDecimal("13"), yen));
    }

    @Test
    void amounts_are_added_and_multiplied_with_every_digit() {
        assertThat(Money.usd("0.0125").plus(Money.usd("0.00001"))).isEqualTo(Money.usd("0.01251"));
        assertThat(Money.usd("0.0125").times(new BigDecimal("730.5"))).isEqualTo(Money.usd("9.13125"));
    }

    @Test
    void amounts_of_two_currencies_are_not_added() {
        var euros = new Money(BigDecimal.ONE, Currency.getInstance("EUR"));

        assertThatThrownBy(() -> Money.usd("1").plus(euros)).hasMessage("cannot add EUR to USD");
    }

    @Test
    void an_amount_is_written_without_an_exponent() {
        assertThat(Money.usd(new BigDecimal("1E+3"))).hasToString("1000 USD");
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1, '''=1+1'",
        "+49 30, '''+49 30'",
        "-1, '''-1'",
        "@home, '''@home'",
        "a=1, a=1",
        "'', ''",
        "'''', ''''",
        "' =1', ' =1'"
    })
    void what_a_spreadsheet_would_compute_is_written_as_text(String text, String safe) {
        assertThat(SpreadsheetText.safe(text)).isEqualTo(safe);
    }

    @Test
    void a_tab_or_a_line_before_a_formula_does_not_help() {
        assertThat(SpreadsheetText.safe("\t=1")).isEqualTo("'\t=1");
        assertThat(SpreadsheetText.safe("\r=1")).isEqualTo("'\r=1");
    }

    @Test
    void ids_are_of_version_seven_all_different_and_in_the_order_of_time() {
        var before = System.currentTimeMillis();
        var ids = Stream.generate(UuidV7::next).limit(1_000).toList();
        var after = System.currentTimeMillis();

        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(milliseconds(id)).isBetween(before, after);
        });
        assertThat(ids.stream().map(MoneyTest::milliseconds)).isSorted();
        assertThat(ids.stream().map(id -> id.getMostSignificantBits() & 0xfff).distinct())
                .as("chance, in its upper part")
                .hasSizeGreaterThan(500);
        assertThat(ids.stream()
                        .map(id -> id.getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL)
                        .distinct())
                .as("chance, in its lower part")
                .hasSize(1_000);
    }

    private static long milliseconds(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
