package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Problems;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Finance downloads what the month comes to, and it ties out.
@QuarkusTest
class BillingStory {

    private static final String MONTH = YearMonth.now(ZoneOffset.UTC).toString();

    @Test
    void finance_downloads_the_month_with_a_fee_for_each_tenant_and_a_row_for_what_it_used() {
        var starter = Onboarding.activeTenant("starter", "alice@example.com");
        var business = Onboarding.activeTenant("business", "alice@example.com");
        Callers.application()
                .contentType("application/cloudevents+json")
                .body(Map.of(
                        "specversion",
                        "1.0",
                        "type",
                        "io.autostack.usage.recorded.v1",
                        "source",
                        "billing-story",
                        "id",
                        UUID.randomUUID().toString(),
                        "subject",
                        business,
                        "data",
                        Map.of("meter", "egress-gb", "quantity", 12)))
                .post("/api/v1/usage-events")
                .then()
                .statusCode(202);

        var answer = export(Callers.finance());
        answer.then()
                .statusCode(200)
                .header("Content-Type", containsString("text/csv"))
                .header("Content-Disposition", containsString("autostack-focus-1.4-" + MONTH + ".csv"));
        var rows = rows(answer);

        assertThat(of(rows, starter)).singleElement().satisfies(fee -> {
            assertThat(fee.getField("ChargeCategory")).isEqualTo("Purchase");
            assertThat(fee.getField("BilledCost")).isEqualTo("99");
            assertThat(fee.getField("BillingCurrency")).isEqualTo("USD");
        });
        assertThat(of(rows, business))
                .extracting(row -> row.getField("ChargeCategory"), row -> row.getField("BilledCost"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Purchase", "799"),
                        org.assertj.core.groups.Tuple.tuple("Usage", "0"));
        assertThat(of(rows, business).getLast().getField("ConsumedQuantity")).isEqualTo("12");
    }

    @Test
    void the_total_is_the_sum_of_the_plan_prices_of_all_tenants_that_are_served() {
        Onboarding.activeTenant("enterprise", "alice@example.com");
        Onboarding.quiet();
        var prices = new HashMap<String, BigDecimal>();
        Callers.finance()
                .get("/api/v1/plans")
                .jsonPath()
                .<Map<String, Object>>getList("plans")
                .forEach(plan -> prices.put(
                        String.valueOf(plan.get("plan")), new BigDecimal(String.valueOf(plan.get("price")))));

        var expected = BigDecimal.ZERO;
        for (var next = "/api/v1/tenants?page_size=100"; next != null; ) {
            var page =
                    Callers.finance().get(next).then().statusCode(200).extract().response();
            for (var tenant : page.jsonPath().<Map<String, Object>>getList("tenants"))
                if (Set.of("active", "suspended").contains(tenant.get("status")))
                    expected = expected.add(prices.get(tenant.get("plan")));
            String token = page.path("next_page_token");
            next = token == null ? null : "/api/v1/tenants?page_size=100&page_token=" + token;
        }

        assertThat(rows(export(Callers.finance())).stream()
                        .map(row -> new BigDecimal(row.getField("BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(expected);
    }

    @Test
    void a_tenants_administrator_may_not_download_it() {
        Problems.problem(export(Callers.alice()), 403, "not-allowed");
    }

    private static Response export(RequestSpecification caller) {
        return caller.accept("*/*").get("/api/v1/billing/export?format=focus-csv&period=" + MONTH);
    }

    private static List<NamedCsvRecord> rows(Response file) {
        return CsvReader.builder().ofNamedCsvRecord(file.asString()).stream().toList();
    }

    private static List<NamedCsvRecord> of(List<NamedCsvRecord> rows, String slug) {
        return rows.stream()
                .filter(row -> row.getField("x_TenantSlug").equals(slug))
                .toList();
    }
}
