package io.autostack.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final PriceBook BOOK = BundledPriceBook.read();

    @Test
    void scaling_bounds_become_a_range() {
        var estimate = estimate(web(LowHigh.of(1, 3)));

        assertThat(estimate.low() + " to " + estimate.high()).isEqualTo("18.02 USD to 54.06 USD");
    }

    @Test
    void a_line_shows_how_it_was_computed() {
        var estimate = estimate(web(LowHigh.of(1)));

        assertThat(lines(estimate))
                .extracting(Estimate.Line::formula)
                .containsExactly("1 × 0.5 vCPU × 0.04048 × 730 h", "1 × 1 GB × 0.004445 × 730 h");
    }

    @Test
    void lines_stay_exact_and_only_the_row_is_rounded() {
        var estimate = estimate(web(LowHigh.of(1)));

        assertThat(lines(estimate).stream().map(Estimate.Line::low).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("18.02005");
    }

    @Test
    void half_a_cent_is_rounded_up() {
        var balancer =
                new Infrastructure.LoadBalancer("balancer", new Infrastructure.LoadBalancer.Load.Units(LowHigh.ZERO));

        assertThat(estimate(balancer).low().amount()).isEqualTo("16.43");
    }

    @Test
    void the_total_adds_rounded_rows() {
        var tie = new Infrastructure.LoadBalancer("balancer", new Infrastructure.LoadBalancer.Load.Units(LowHigh.ZERO));

        assertThat(estimate(tie, tie).low().amount()).isEqualTo("32.86");
    }

    @Test
    void a_standby_pays_server_and_storage_twice() {
        var database = new Infrastructure.DatabaseServers("db", 1, "db.t4g.small", true, new BigDecimal("20"));

        assertThat(estimate(database).low().amount()).isEqualTo("51.32");
    }

    @Test
    void a_database_inside_an_existing_server_costs_its_storage() {
        var database = new Infrastructure.DatabaseSpace("db", false, new BigDecimal("5"));

        assertThat(estimate(database).low().amount()).isEqualTo("0.58");
    }

    @Test
    void the_free_traffic_is_given_once_for_all_parts() {
        var estimate = estimate(egress("a", LowHigh.of(80)), egress("b", LowHigh.of(80)));

        assertThat(estimate.low().amount()).isEqualTo("5.40");
    }

    @Test
    void m11_what_the_first_part_has_used_up_is_not_free_for_the_second() {
        var estimate = estimate(egress("a", LowHigh.of(150)), egress("b", LowHigh.of(80)));

        assertThat(estimate.low().amount()).isEqualTo("11.70");
    }

    @Test
    void a_line_says_how_much_of_it_is_free() {
        var estimate = estimate(egress("traffic", LowHigh.of(50, 150)));

        assertThat(lines(estimate))
                .extracting(Estimate.Line::formula)
                .containsExactly("50–150 GB less 100 free × 0.09");
    }

    @Test
    void traffic_beyond_the_priced_band_is_named() {
        var estimate = estimate(egress("traffic", LowHigh.of(20_000)));

        assertThat(estimate.unpriced()).containsExactly("traffic: AWS Data Transfer beyond 10100 GB a month");
    }

    @Test
    void the_last_gigabyte_of_the_priced_band_has_a_price() {
        assertThat(estimate(egress("traffic", LowHigh.of(10_100))).unpriced()).isEmpty();
    }

    @Test
    void what_is_free_at_first_and_has_no_price_is_named() {
        var empty = new PriceBook(
                BOOK.version(),
                BOOK.asOf(),
                BOOK.region(),
                BOOK.currency(),
                BOOK.hoursPerMonth(),
                BOOK.source(),
                List.of(),
                List.of());

        assertThat(Estimate.of(empty, List.of(egress("traffic", LowHigh.of(80))))
                        .unpriced())
                .containsExactly("traffic: AWS Data Transfer outbound, after 100 GB, first 10 TB");
    }

    @Test
    void what_goes_through_a_balancer_is_charged_beside_it() {
        var balancer =
                new Infrastructure.LoadBalancer("balancer", new Infrastructure.LoadBalancer.Load.Units(LowHigh.of(2)));

        assertThat(lines(estimate(balancer)))
                .extracting(Estimate.Line::formula)
                .containsExactly("1 × 0.0225 × 730 h", "2 LCU × 0.008 × 730 h");
    }

    @Test
    void logs_are_charged_by_what_comes_in() {
        assertThat(estimate(new Infrastructure.Logs("logs", LowHigh.of(10)))
                        .low()
                        .amount())
                .isEqualTo("5.00");
    }

    @Test
    void a_server_class_without_a_price_is_named_and_never_zero_in_silence() {
        var database = new Infrastructure.DatabaseServers("db", 1, "db.r9.huge", false, new BigDecimal("20"));

        var estimate = estimate(database);

        assertThat(estimate.unpriced()).containsExactly("db: RDS PostgreSQL db.r9.huge Single-AZ");
        assertThat(estimate.notIncluded())
                .contains(
                        "No price is known for db: RDS PostgreSQL db.r9.huge Single-AZ, so the total is too low by it",
                        "CloudTrail: No price is known for it, so no total includes it");
    }

    @Test
    void what_no_estimate_includes_is_said() {
        assertThat(estimate(web(LowHigh.of(1))).leftOut())
                .extracting(PriceBook.LeftOut::what)
                .contains("Shared load balancer", "NAT gateways", "KMS customer keys", "Log storage");
    }

    @Test
    void what_has_no_price_is_said_with_what_that_means_for_the_total() {
        assertThat(estimate(web(LowHigh.of(1))).leftOut())
                .extracting(PriceBook.LeftOut::why)
                .noneMatch(why -> why.toLowerCase(Locale.ROOT).contains("source"))
                .filteredOn(why -> why.contains("price is known"))
                .hasSize(4)
                .allMatch(why -> why.contains("no total includes"));
    }

    private static Estimate estimate(Infrastructure... parts) {
        return Estimate.of(BOOK, List.of(parts));
    }

    private static Infrastructure web(LowHigh tasks) {
        return new Infrastructure.Containers("web", tasks, new BigDecimal("0.5"), BigDecimal.ONE);
    }

    private static Infrastructure egress(String component, LowHigh gb) {
        return new Infrastructure.Egress(component, gb);
    }

    private static List<Estimate.Line> lines(Estimate estimate) {
        return estimate.rows().stream().flatMap(row -> row.lines().stream()).toList();
    }
}
