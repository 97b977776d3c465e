package io.autostack.ui.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterUsageTest {

    @Test
    void a_meter_is_near_its_limit_from_eighty_percent_on() {
        assertThat(used("79.9", "100").near()).isFalse();
        assertThat(used("80", "100").near()).isTrue();
    }

    @Test
    void what_is_exactly_at_the_limit_is_not_over_it() {
        assertThat(used("100", "100").over()).isFalse();
        assertThat(used("100.01", "100").over()).isTrue();
    }

    @Test
    void nothing_is_left_beyond_the_limit() {
        assertThat(used("130", "100").remaining()).isEqualByComparingTo("0");
    }

    @Test
    void an_allowance_of_zero_is_used_up_by_the_first_unit() {
        assertThat(used("0", "0").percent()).isZero();
        assertThat(used("1", "0").percent()).isEqualTo(100);
    }

    @Test
    void a_meter_without_limit_has_nothing_left_to_tell() {
        assertThat(used("5", null).remaining()).isNull();
        assertThat(used("5", null).near()).isFalse();
    }

    @Test
    void the_highest_day_fills_the_chart() {
        var chart = new UsageChart("Requests", "requests", List.of(day(1, "5"), day(2, "10")));

        assertThat(chart.bars()).extracting(UsageChart.Bar::height).containsExactly("74.0", "148.0");
    }

    @Test
    void a_chart_without_days_is_blank() {
        var chart = new UsageChart("Requests", "requests", List.of());

        assertThat(chart.blank()).isTrue();
        assertThat(chart.bars()).isEmpty();
    }

    private static UsageChart.Day day(int day, String quantity) {
        return new UsageChart.Day(LocalDate.of(2026, 11, day), new BigDecimal(quantity));
    }

    private static MeterUsage used(String used, @Nullable String limit) {
        return new MeterUsage("Apps", "apps", new BigDecimal(used), limit == null ? null : new BigDecimal(limit), null);
    }
}
