package io.autostack.metering.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.metering.Meter;
import io.autostack.metering.limits.LimitDecision.Allowed;
import io.autostack.metering.limits.LimitDecision.Refused;
import io.autostack.plans.PlanLimit;
import io.autostack.plans.PlanVersion;
import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitDecisionTest {

    private static final Meter APPS = new Meter("apps", "Apps", "", "Apps", "app", "apps", Meter.Aggregation.GAUGE);
    private static final Meter USERS =
            new Meter("users", "Users", "", "Users", "user", "users", Meter.Aggregation.GAUGE);

    private static final PlanVersion STARTER = plan("starter", 1, hard("1"), hard("100"));
    private static final PlanVersion PROFESSIONAL = plan("professional", 2, hard("5"), hard("1000"));
    private static final PlanVersion BUSINESS = plan("business", 3, hard("20"), hard("5000"));
    private static final PlanVersion ENTERPRISE =
            plan("enterprise", 4, new PlanLimit.Unlimited(), new PlanLimit.Custom());
    private static final List<PlanVersion> OFFERED = List.of(STARTER, PROFESSIONAL, BUSINESS, ENTERPRISE);

    @Test
    void the_last_free_place_may_be_taken() {
        assertThat(decide(APPS, STARTER, "0", "1")).isInstanceOf(Allowed.class);
    }

    @Test
    void what_remains_is_told_before_the_quantity_that_was_asked_for() {
        assertThat(((Allowed) decide(APPS, PROFESSIONAL, "3", "1")).remaining()).isEqualByComparingTo("2");
    }

    @Test
    void a_round_limit_is_written_out() {
        assertThat(((Allowed) decide(USERS, PROFESSIONAL, "0", "1")).limit()).hasToString("1000");
    }

    @Test
    void a_refusal_names_limit_use_and_way_out() {
        assertThat(((Refused) decide(APPS, STARTER, "1", "1")).reason())
                .isEqualTo("Starter allows 1 app; 1 in use, 1 more asked for. Professional allows 5 apps.");
    }

    @Test
    void the_way_out_is_the_smallest_plan_that_allows_it() {
        assertThat(((Refused) decide(APPS, STARTER, "1", "7")).wayOut()).contains(BUSINESS);
    }

    @Test
    void a_plan_that_is_just_filled_is_a_way_out_and_one_that_is_not_larger_is_none() {
        assertThat(((Refused) decide(APPS, STARTER, "1", "4")).wayOut()).contains(PROFESSIONAL);
        assertThat(((Refused) decide(APPS, PROFESSIONAL, "5", "15")).wayOut()).contains(BUSINESS);
        assertThat(((Refused) decide(USERS, PROFESSIONAL, "1000", "4000")).wayOut())
                .contains(BUSINESS);
    }

    @Test
    void a_plan_without_a_limit_is_a_way_out() {
        assertThat(((Refused) decide(APPS, BUSINESS, "20", "1")).reason()).endsWith("Enterprise does not limit apps.");
    }

    @Test
    void a_plan_with_an_agreed_limit_is_a_way_out() {
        assertThat(((Refused) decide(USERS, BUSINESS, "5000", "1")).reason())
                .endsWith("Enterprise has as many users as are agreed.");
    }

    @Test
    void a_refusal_without_a_way_out_says_so() {
        assertThat(((Refused) LimitDecision.decide(APPS, STARTER, one(), one(), List.of(STARTER))).reason())
                .endsWith("No plan on offer allows more.");
    }

    @Test
    void a_custom_limit_is_not_checked_until_it_is_agreed() {
        assertThat(decide(USERS, ENTERPRISE, "9000", "1")).isEqualTo(new Allowed(USERS, new BigDecimal("9000"), null));
    }

    @Test
    void a_refusal_is_a_problem_with_the_facts_beside_the_sentence() {
        assertThat(((Refused) decide(APPS, STARTER, "1", "1")).problem().extra())
                .containsEntry("meter", "apps")
                .containsEntry("limit", one())
                .containsEntry("used", one())
                .containsEntry("plan", "professional");
    }

    @Test
    void a_refusal_tells_what_remains_and_never_less_than_nothing() {
        assertThat(((Refused) decide(APPS, PROFESSIONAL, "3", "4")).problem().extra())
                .containsEntry("remaining", new BigDecimal("2"));
        assertThat(((Refused) decide(APPS, PROFESSIONAL, "7", "1")).remaining()).isEqualByComparingTo("0");
    }

    @Test
    void no_smaller_plan_and_not_the_same_one_is_a_way_out() {
        var larger = plan("starter", 1, hard("9"), hard("100"));

        assertThat(((Refused) LimitDecision.decide(
                                APPS, PROFESSIONAL, new BigDecimal("5"), one(), List.of(larger, PROFESSIONAL)))
                        .wayOut())
                .isEmpty();
        assertThat(((Refused) LimitDecision.decide(APPS, STARTER, one(), one(), List.of(larger))).wayOut())
                .isEmpty();
    }

    @Test
    void of_two_equal_limits_the_present_one_is_told() {
        var present = decide(APPS, STARTER, "0", "1");
        var there = new Allowed(APPS, BigDecimal.ZERO, new BigDecimal("1.0"));

        assertThat(there.onTheWayTo(STARTER, present)).isSameAs(present);
    }

    @Test
    void m10_the_way_out_counts_what_is_used_already() {
        assertThat(((Refused) decide(APPS, STARTER, "1", "5")).wayOut()).contains(BUSINESS);
    }

    @Test
    void m10_exactly_at_the_limit_fits_on_a_move_down() {
        assertThat(LimitDecision.fit(APPS, PROFESSIONAL, new BigDecimal("5"))).isEmpty();
    }

    @Test
    void m10_one_more_than_the_limit_does_not_fit_on_a_move_down() {
        assertThat(LimitDecision.fit(APPS, PROFESSIONAL, new BigDecimal("6"))
                        .orElseThrow()
                        .reason())
                .isEqualTo("Professional allows 5 apps; 6 in use. Reduce by 1 app first.");
    }

    @Test
    void on_the_way_down_the_lower_limit_counts() {
        var there = decide(APPS, STARTER, "1", "1");

        assertThat(((Refused) there.onTheWayTo(STARTER, decide(APPS, PROFESSIONAL, "1", "1"))).reason())
                .isEqualTo("A change to Starter is under way. Starter allows 1 app; 1 in use, 1 more asked for."
                        + " Professional allows 5 apps.");
        assertThat(decide(APPS, STARTER, "0", "1").onTheWayTo(STARTER, decide(APPS, PROFESSIONAL, "0", "1")))
                .isEqualTo(decide(APPS, STARTER, "0", "1"));
    }

    @Test
    void on_the_way_up_the_present_limit_counts() {
        var present = decide(APPS, STARTER, "0", "1");

        assertThat(decide(APPS, PROFESSIONAL, "0", "1").onTheWayTo(PROFESSIONAL, present))
                .isEqualTo(present);
        assertThat(decide(APPS, ENTERPRISE, "0", "1").onTheWayTo(ENTERPRISE, present))
                .isEqualTo(present);
    }

    private static LimitDecision decide(Meter meter, PlanVersion plan, String used, String quantity) {
        return LimitDecision.decide(meter, plan, new BigDecimal(used), new BigDecimal(quantity), OFFERED);
    }

    private static PlanVersion plan(String plan, int rank, PlanLimit apps, PlanLimit users) {
        var name = Character.toUpperCase(plan.charAt(0)) + plan.substring(1);
        return new PlanVersion(
                plan,
                1,
                name,
                rank,
                Money.usd("1.00"),
                "",
                Map.of("apps", apps, "users", users),
                new PlanVersion.Size(10, Duration.ofSeconds(30), false));
    }

    private static PlanLimit hard(String max) {
        return new PlanLimit.Hard(new BigDecimal(max).stripTrailingZeros());
    }

    private static BigDecimal one() {
        return BigDecimal.ONE;
    }
}
