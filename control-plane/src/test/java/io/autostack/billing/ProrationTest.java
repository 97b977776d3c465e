package io.autostack.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.metering.Period;
import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProrationTest {

    private static final long DAY = 86_400_000_000L;
    private static final int CASES = 5_000;

    @Test
    void a_change_ten_days_before_the_end_of_november_leaves_a_third() {
        var proration = at("2026-11-21T00:00:00Z", "99.00", "299.00");

        assertThat(proration.left()).isEqualTo(10 * DAY);
        assertThat(proration.whole()).isEqualTo(30 * DAY);
        assertThat(proration.percentLeft()).isEqualByComparingTo("33.33");
        assertThat(proration.credit()).hasToString("33.00 USD");
        assertThat(proration.charge()).hasToString("99.67 USD");
    }

    @Test
    void m06_half_a_cent_at_the_exact_middle_of_a_month_is_rounded_up() {
        assertThat(at("2026-11-16T00:00:00Z", "99.01", "299.00").credit()).hasToString("49.51 USD");
        assertThat(at("2026-11-16T00:00:00Z", "99.03", "299.00").credit()).hasToString("49.52 USD");
    }

    @Test
    void at_the_first_moment_of_a_month_all_of_it_is_left() {
        var proration = at("2026-11-01T00:00:00Z", "99.00", "299.00");

        assertThat(proration.left()).isEqualTo(proration.whole());
        assertThat(proration.credit()).hasToString("99.00 USD");
        assertThat(proration.charge()).hasToString("299.00 USD");
    }

    @Test
    void at_the_last_microsecond_of_a_month_next_to_nothing_is_left() {
        var proration = at("2026-11-30T23:59:59.999999999Z", "99.00", "299.00");

        assertThat(proration.left()).isEqualTo(1);
        assertThat(proration.period()).hasToString("2026-11");
        assertThat(proration.credit()).hasToString("0.00 USD");
        assertThat(proration.charge()).hasToString("0.00 USD");
    }

    @ParameterizedTest
    @CsvSource({"2026-02, 28", "2028-02, 29", "2000-02, 29", "2100-02, 28", "2026-11, 30", "2026-12, 31"})
    void a_month_is_as_long_as_its_days(String month, int days) {
        assertThat(at(month + "-01T00:00:00Z", "1.00", "2.00").whole()).isEqualTo(days * DAY);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01"})
    void a_night_in_which_clocks_are_changed_is_as_long_as_any_other(String date) {
        var before = at(date + "T00:00:00Z", "99.00", "299.00");
        var after = at(date + "T12:00:00Z", "99.00", "299.00");

        assertThat(before.left() - after.left()).isEqualTo(DAY / 2);
    }

    @Test
    void the_month_is_the_one_in_utc_wherever_somebody_looks_from() {
        var inBerlin = ZonedDateTime.of(2027, 1, 1, 0, 30, 0, 0, ZoneId.of("Europe/Berlin"));

        assertThat(Proration.at(inBerlin.toInstant(), Money.usd("1"), Money.usd("2"))
                        .period())
                .hasToString("2026-12");
    }

    @Test
    void the_share_that_is_left_lies_between_nothing_and_all_and_no_amount_exceeds_its_price() {
        each(random -> {
            var proration = Proration.at(moment(random), price(random), price(random));

            assertThat(proration.left()).isBetween(1L, proration.whole());
            assertThat(proration.percentLeft()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
            assertThat(proration.period().contains(proration.moment())).isTrue();
        });
    }

    @Test
    void credit_and_charge_are_the_exact_amounts_but_for_half_a_cent() {
        each(random -> {
            var before = price(random);
            var after = price(random);
            var proration = Proration.at(moment(random), before, after);

            assertRounded(proration.credit(), before, proration);
            assertRounded(proration.charge(), after, proration);
        });
    }

    @Test
    void moving_to_the_same_price_costs_and_gives_nothing() {
        each(random -> {
            var price = price(random);
            var proration = Proration.at(moment(random), price, price);

            assertThat(proration.credit()).isEqualTo(proration.charge());
        });
    }

    @Test
    void changes_at_one_moment_add_up_to_the_change_from_the_first_plan_to_the_last() {
        each(random -> {
            var moment = moment(random);
            var prices = new ArrayList<Money>();
            for (int i = 0; i < 2 + random.nextInt(6); i++) prices.add(price(random));
            var sum = BigDecimal.ZERO;
            for (int i = 1; i < prices.size(); i++)
                sum = sum.add(difference(Proration.at(moment, prices.get(i - 1), prices.get(i))));

            assertThat(sum).isEqualTo(difference(Proration.at(moment, prices.getFirst(), prices.getLast())));
        });
    }

    @Test
    void the_later_the_change_the_less_is_left() {
        each(random -> {
            var price = price(random);
            var one = Proration.at(moment(random), price, price);
            long later = random.nextLong(one.left());
            var other = Proration.at(one.moment().plus(later, ChronoUnit.MICROS), price, price);

            assertThat(other.left()).isEqualTo(one.left() - later);
            assertThat(other.credit().amount()).isLessThanOrEqualTo(one.credit().amount());
        });
    }

    @Test
    void no_more_than_the_month_can_be_left() {
        var period = Period.at(Instant.parse("2026-11-21T00:00:00Z"));
        for (var left : List.of(0L, -1L, DAY + 1))
            assertThatThrownBy(() ->
                            new Proration(period, period.start(), left, DAY, Money.usd("0.00"), Money.usd("0.00")))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    private static Proration at(String moment, String before, String after) {
        return Proration.at(Instant.parse(moment), Money.usd(before), Money.usd(after));
    }

    private interface Law {
        void holdsFor(Random random);
    }

    private static void each(Law law) {
        for (int seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            assertThatNoException().as("seed %d", seed).isThrownBy(() -> law.holdsFor(random));
        }
    }

    private static Instant moment(Random random) {
        long from = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
        long to = Instant.parse("2101-01-01T00:00:00Z").getEpochSecond();
        return Instant.ofEpochSecond(from + random.nextLong(to - from), random.nextInt(1_000_000_000));
    }

    private static Money price(Random random) {
        return Money.usd(BigDecimal.valueOf(random.nextInt(1_000_000), 2));
    }

    private static BigDecimal difference(Proration proration) {
        return proration.charge().amount().subtract(proration.credit().amount());
    }

    /// |amount − price × left ÷ whole| ≤ half a cent, without any division: everything times whole.
    private static void assertRounded(Money amount, Money price, Proration proration) {
        var whole = BigDecimal.valueOf(proration.whole());
        var exact = price.amount().multiply(BigDecimal.valueOf(proration.left()));

        assertThat(amount.amount().scale()).isEqualTo(2);
        assertThat(amount.amount()).isBetween(BigDecimal.ZERO, price.amount());
        assertThat(amount.amount().multiply(whole).subtract(exact).abs())
                .isLessThanOrEqualTo(new BigDecimal("0.005").multiply(whole));
    }
}
