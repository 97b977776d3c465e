package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plans.PlanLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class MeterUsageTest {

    private static final Period NOVEMBER = new Period(YearMonth.of(2026, 11));
    private static final Meter REQUESTS =
            new Meter("api-requests", "API requests", "", "Requests", "request", "requests", Meter.Aggregation.SUM);
    private static final Meter APPS = new Meter("apps", "Apps", "", "Apps", "app", "apps", Meter.Aggregation.GAUGE);

    @Test
    void a_third_of_the_month_projects_to_three_times_the_use() {
        assertThat(usage(REQUESTS, new PlanLimit.Unlimited(), "100", "2026-11-11T00:00:00Z")
                        .projected())
                .isEqualByComparingTo("300");
    }

    @Test
    void nothing_can_be_projected_in_the_first_moment() {
        assertThat(usage(REQUESTS, new PlanLimit.Unlimited(), "0", "2026-11-01T00:00:00Z")
                        .projected())
                .isNull();
    }

    @Test
    void a_month_that_is_over_is_what_it_is() {
        assertThat(usage(REQUESTS, new PlanLimit.Unlimited(), "100", "2026-12-01T00:00:00Z")
                        .projected())
                .isEqualByComparingTo("100");
    }

    @Test
    void a_gauge_is_not_projected() {
        assertThat(usage(APPS, new PlanLimit.Unlimited(), "2", "2026-11-11T00:00:00Z")
                        .projected())
                .isNull();
    }

    @Test
    void what_remains_is_the_limit_without_the_use() {
        assertThat(usage(APPS, new PlanLimit.Hard(new BigDecimal("5")), "2", "2026-11-11T00:00:00Z")
                        .remaining())
                .isEqualByComparingTo("3");
    }

    @Test
    void what_remains_is_never_negative() {
        assertThat(usage(APPS, new PlanLimit.Hard(new BigDecimal("5")), "7", "2026-11-11T00:00:00Z")
                        .remaining())
                .isEqualByComparingTo("0");
    }

    @Test
    void without_a_limit_nothing_is_said_to_remain() {
        assertThat(usage(APPS, new PlanLimit.Custom(), "7", "2026-11-11T00:00:00Z"))
                .extracting(MeterUsage::limit, MeterUsage::remaining)
                .containsOnlyNulls();
    }

    private static MeterUsage usage(Meter meter, PlanLimit limit, String used, String now) {
        return MeterUsage.of(meter, limit, new BigDecimal(used), NOVEMBER, Instant.parse(now));
    }
}
