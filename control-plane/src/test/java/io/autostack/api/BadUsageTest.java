package io.autostack.api;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import io.autostack.testing.Callers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Months, limits and events that cannot be are refused with a reason.
@QuarkusTest
class BadUsageTest extends NothingHalfDone {

    @ParameterizedTest
    @ValueSource(strings = {"2026", "2026-13", "11-2026", "2026-1", "now", "2026-11-01", "2999-01"})
    void a_month_that_is_none_or_has_not_begun(String period) {
        field(Callers.alice().get("/api/v1/tenants/" + tenant + "/usage?period=" + period), "period");
        field(
                Callers.finance().accept("*/*").get("/api/v1/billing/export?format=focus-csv&period=" + period),
                "period");
    }

    @Test
    void an_export_of_an_unknown_form() {
        field(Callers.finance().accept("*/*").get("/api/v1/billing/export?period=2026-11&format=pdf"), "format");
        field(Callers.finance().accept("*/*").get("/api/v1/billing/export?period=2026-11&focus=9"), "focus");
        field(Callers.finance().accept("*/*").get("/api/v1/billing/export"), "period");
    }

    @Test
    void a_limit_of_nothing_that_is_measured() {
        field(check("{\"meter\": \"unicorns\", \"quantity\": 1}"), "meter");
        field(check("{\"quantity\": 1}"), "meter");
        field(check("{\"meter\": \"apps\"}"), "quantity");
        field(check("{\"meter\": \"apps\", \"quantity\": -1}"), "quantity");
        field(check("{\"meter\": \"apps\", \"quantity\": 1e99}"), "quantity");
    }

    @Test
    void events_that_cannot_be_counted_are_rejected_one_by_one_with_a_reason() {
        var good = Map.<String, Object>of(
                "specversion",
                "1.0",
                "type",
                "io.autostack.usage.recorded.v1",
                "source",
                "bad-input",
                "id",
                UUID.randomUUID().toString(),
                "subject",
                tenant,
                "data",
                Map.of("meter", "api-requests", "quantity", 1));
        var bad = List.of(
                with(good, "specversion", "0.3"),
                with(good, "type", "something.else"),
                with(good, "source", ""),
                with(good, "id", ""),
                with(good, "subject", "no-such-tenant"),
                with(good, "time", "yesterday"),
                with(good, "time", "2020-01-01T00:00:00Z"),
                with(good, "time", "2999-01-01T00:00:00Z"),
                with(good, "data", "text"),
                with(good, "data", Map.of("meter", "unicorns", "quantity", 1)),
                with(good, "data", Map.of("meter", "apps", "quantity", 1)),
                with(good, "data", Map.of("meter", "api-requests", "quantity", -1)),
                with(good, "data", Map.of("meter", "api-requests", "quantity", "1")),
                with(good, "data", Map.of("meter", "api-requests")));

        var answer = Callers.application()
                .contentType("application/cloudevents-batch+json")
                .body(bad)
                .post("/api/v1/usage-events");

        answer.then().statusCode(202).body("results", hasSize(bad.size()));
        assertThat(answer.jsonPath().getList("results.status")).containsOnly("rejected");
        assertThat(answer.jsonPath().getList("results.reason", String.class))
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }

    @Test
    void a_binary_event_without_attributes() {
        problem(
                Callers.application().contentType("application/json").body("{}").post("/api/v1/usage-events"),
                400,
                "malformed-request");
    }

    private static Map<String, Object> with(Map<String, Object> good, String member, Object value) {
        var event = new HashMap<>(good);
        event.put(member, value);
        return event;
    }
}
