package io.autostack.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autostack.metering.Admission.Subject;
import io.autostack.metering.Admission.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    private static final UUID ACME = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Admission ADMISSION = new Admission(
            Map.of(
                    "api-requests",
                    meter("api-requests", Meter.Aggregation.SUM),
                    "apps",
                    meter("apps", Meter.Aggregation.GAUGE)),
            Map.of("acme", new Subject.Reportable(ACME), "gone", new Subject.Refused("tenant “gone” is closed")),
            NOW);

    @Test
    void a_complete_event_is_countable() {
        assertThat(ADMISSION.judge(event("{}")))
                .isEqualTo(new Verdict.Countable(new UsageEvent(
                        ACME,
                        "/app/1",
                        "a",
                        "api-requests",
                        new BigDecimal("3"),
                        Instant.parse("2026-11-20T11:59:00Z"),
                        "{}")));
    }

    @Test
    void an_event_without_a_time_happened_when_it_came_in() {
        assertThat(countable("{'time': null}").at()).isEqualTo(NOW);
    }

    @Test
    void dimensions_are_kept_as_they_are() {
        assertThat(countable("{'data': {'meter': 'api-requests', 'quantity': 1, 'dimensions': {'path': '/a'}}}")
                        .dimensions())
                .isEqualTo("{\"path\":\"/a\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'specversion': '0.3'}   | specversion must be 1.0",
                "{'specversion': null}    | specversion must be 1.0",
                "{'type': 'other'}        | type must be io.autostack.usage.recorded.v1",
                "{'id': null}             | id must be a text of 1 to 200 characters",
                "{'id': ''}               | id must be a text of 1 to 200 characters",
                "{'id': 7}                | id must be a text of 1 to 200 characters",
                "{'id': 'a\\u0000'}       | id must be a text of 1 to 200 characters",
                "{'source': null}         | source must be a text of 1 to 200 characters",
                "{'subject': null}        | subject must be the slug or id of a tenant",
                "{'subject': 'nobody'}    | there is no tenant “nobody” that you can report usage for",
                "{'subject': 'gone'}      | tenant “gone” is closed",
                "{'time': 'yesterday'}    | time must be written as in 2026-11-20T12:00:00Z (RFC 3339)",
                "{'time': '2026-10-16T11:59:59Z'} | time lies more than 35 days back",
                "{'time': '2026-11-20T13:00:01Z'} | time lies more than 1 hour ahead",
                "{'data': null}           | data must be an object with meter and quantity",
                "{'data': {'quantity': 1}} | data.meter must be the name of a meter",
                "{'data': {'meter': 'ram', 'quantity': 1}} | there is no meter “ram”",
                "{'data': {'meter': 'apps', 'quantity': 1}} | meter apps is counted by AutoStack itself",
                "{'data': {'meter': 'api-requests'}} | data.quantity must be a number",
                "{'data': {'meter': 'api-requests', 'quantity': '3'}} | data.quantity must be a number",
                "{'data': {'meter': 'api-requests', 'quantity': 1, 'dimensions': [1]}} | data.dimensions must be an object of 4000 characters at the most",
                "{'data': {'meter': 'api-requests', 'quantity': 1, 'dimensions': {'a': {}}}} | data.dimensions must hold texts, numbers and booleans only",
            })
    void an_event_that_cannot_be_counted_is_rejected_with_the_reason(String change, String reason) {
        assertThat(ADMISSION.judge(event(change))).isEqualTo(new Verdict.Rejected(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0e999999999", "0.000001", "99999999999999.999999", "1e13"})
    void a_quantity_that_the_ledger_can_hold_is_countable(String quantity) {
        assertThat(ADMISSION.judge(event(used(quantity)))).isInstanceOf(Verdict.Countable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.0000001", "100000000000000", "1e999999999", "1e-999999999"})
    void a_quantity_that_the_ledger_cannot_hold_is_rejected(String quantity) {
        assertThat(ADMISSION.judge(event(used(quantity))))
                .isEqualTo(new Verdict.Rejected("data.quantity " + Quantity.RULE));
    }

    @Test
    void an_id_of_two_hundred_characters_is_the_longest() {
        assertThat(countable("{'id': '" + "x".repeat(200) + "'}").id()).hasSize(200);
        assertThat(ADMISSION.judge(event("{'id': '" + "x".repeat(201) + "'}"))).isInstanceOf(Verdict.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-16T12:00:00Z", "2026-11-20T13:00:00Z"})
    void the_first_and_the_last_moment_that_may_be_reported_are_countable(String time) {
        assertThat(countable("{'time': '" + time + "'}").at()).isEqualTo(Instant.parse(time));
    }

    @Test
    void dimensions_of_four_thousand_characters_are_the_longest() {
        assertThat(countable(dimension(4_000)).dimensions()).hasSize(4_000);
        assertThat(ADMISSION.judge(event(dimension(4_001))))
                .isEqualTo(new Verdict.Rejected("data.dimensions must be an object of 4000 characters at the most"));
    }

    @Test
    void sixty_characters_of_a_name_that_nobody_knows_are_repeated() {
        assertThat(rejected("{'subject': '" + "x".repeat(60) + "'}")).contains("“" + "x".repeat(60) + "”");
        assertThat(rejected("{'subject': '" + "x".repeat(61) + "'}")).contains("“" + "x".repeat(60) + "…”");
        assertThat(rejected("{'subject': 'a\\u0000'}")).contains("“?”");
    }

    @Test
    void something_that_is_no_object_is_rejected_like_an_event_without_attributes() {
        assertThat(ADMISSION.judge(CloudEvent.structured(json("[1]"))))
                .isEqualTo(new Verdict.Rejected("specversion must be 1.0"));
    }

    @Test
    void attributes_in_headers_are_percent_decoded() {
        var headers = Map.of("ce-id", "caf%C3%A9%20+");

        assertThat(CloudEvent.binary(headers::get, json("{}")).id()).isEqualTo("café +");
    }

    private static UsageEvent countable(String change) {
        return ((Verdict.Countable) ADMISSION.judge(event(change))).event();
    }

    private static String rejected(String change) {
        return ((Verdict.Rejected) ADMISSION.judge(event(change))).reason();
    }

    /// @param length of the dimensions as JSON
    private static String dimension(int length) {
        return "{'data': {'meter': 'api-requests', 'quantity': 1, 'dimensions': {'a': '" + "x".repeat(length - 8)
                + "'}}}";
    }

    private static String used(String quantity) {
        return "{'data': {'meter': 'api-requests', 'quantity': " + quantity + "}}";
    }

    /// A good event with some members changed; null takes one away.
    private static CloudEvent event(String change) {
        var event = (ObjectNode) json("""
                {'specversion': '1.0', 'type': 'io.autostack.usage.recorded.v1', 'source': '/app/1', 'id': 'a',
                 'subject': 'acme', 'time': '2026-11-20T12:59:00+01:00', 'data': {'meter': 'api-requests', 'quantity': 3}}
                """);
        json(change).properties().forEach(member -> event.set(member.getKey(), member.getValue()));
        return CloudEvent.structured(event);
    }

    private static JsonNode json(@Nullable String text) {
        try {
            return JSON.readTree(text == null ? "{}" : text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Meter meter(String name, Meter.Aggregation aggregation) {
        return new Meter(name, name, name, "Units", "unit", "units", aggregation);
    }
}
