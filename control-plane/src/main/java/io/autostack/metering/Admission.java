package io.autostack.metering;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides whether an event that came in can be counted, and for whom.
///
/// @param subjects every subject of the batch that stands for a tenant the caller can report for, or why it cannot
record Admission(Map<String, Meter> meters, Map<String, Subject> subjects, Instant now) {

    static final String TYPE = "io.autostack.usage.recorded.v1";
    static final Duration OLDEST = Duration.ofDays(35);
    static final Duration AHEAD = Duration.ofHours(1);

    private static final int MAX_LENGTH = 200;
    private static final int MAX_DIMENSIONS_LENGTH = 4_000;

    /// What the caller's word for a tenant comes to.
    sealed interface Subject {
        record Reportable(UUID tenant) implements Subject {}

        record Refused(String reason) implements Subject {}
    }

    /// What becomes of an event.
    sealed interface Verdict {
        record Countable(UsageEvent event) implements Verdict {}

        record Rejected(String reason) implements Verdict {}
    }

    Verdict judge(CloudEvent event) {
        try {
            return new Verdict.Countable(read(event));
        } catch (Refusal e) {
            return new Verdict.Rejected(e.reason);
        }
    }

    private UsageEvent read(CloudEvent event) throws Refusal {
        if (!"1.0".equals(event.specversion())) throw new Refusal("specversion must be 1.0");
        if (!TYPE.equals(event.type())) throw new Refusal("type must be " + TYPE);
        var id = text("id", event.id());
        var source = text("source", event.source());
        var tenant = tenant(event.subject());
        var at = time(event.time());
        var data = event.data();
        if (!data.isObject()) throw new Refusal("data must be an object with meter and quantity");
        return new UsageEvent(
                tenant,
                source,
                id,
                meter(data.path("meter")),
                quantity(data.path("quantity")),
                at,
                dimensions(data.path("dimensions")));
    }

    private static String text(String attribute, @Nullable String value) throws Refusal {
        if (value == null || value.isBlank() || value.length() > MAX_LENGTH || !PlainText.is(value))
            throw new Refusal(attribute + " must be a text of 1 to " + MAX_LENGTH + " characters");
        return value;
    }

    private UUID tenant(@Nullable String subject) throws Refusal {
        if (subject == null || subject.isBlank()) throw new Refusal("subject must be the slug or id of a tenant");
        return switch (Optional.ofNullable(subjects.get(subject)).orElseGet(() -> unknown(subject))) {
            case Subject.Reportable(var tenant) -> tenant;
            case Subject.Refused(var reason) -> throw new Refusal(reason);
        };
    }

    /// The same words for a tenant that is not there and one that is none of the caller's business.
    static Subject unknown(String subject) {
        return new Subject.Refused("there is no tenant “" + shortened(subject) + "” that you can report usage for");
    }

    private Instant time(@Nullable String time) throws Refusal {
        var at = now;
        if (time != null) {
            try {
                at = OffsetDateTime.parse(time).toInstant();
            } catch (DateTimeParseException _) {
                throw new Refusal("time must be written as in 2026-11-20T12:00:00Z (RFC 3339)");
            }
        }
        if (at.isBefore(now.minus(OLDEST))) throw new Refusal("time lies more than 35 days back");
        if (at.isAfter(now.plus(AHEAD))) throw new Refusal("time lies more than 1 hour ahead");
        return at;
    }

    private String meter(JsonNode name) throws Refusal {
        if (!name.isTextual()) throw new Refusal("data.meter must be the name of a meter");
        var meter = meters.get(name.textValue());
        if (meter == null) throw new Refusal("there is no meter “" + shortened(name.textValue()) + "”");
        if (!meter.isSum()) throw new Refusal("meter " + meter.name() + " is counted by AutoStack itself");
        return meter.name();
    }

    private static BigDecimal quantity(JsonNode quantity) throws Refusal {
        if (!quantity.isNumber()) throw new Refusal("data.quantity must be a number");
        return Quantity.read(quantity.decimalValue()).orElseThrow(() -> new Refusal("data.quantity " + Quantity.RULE));
    }

    private static String dimensions(JsonNode dimensions) throws Refusal {
        if (dimensions.isMissingNode() || dimensions.isNull()) return "{}";
        var json = dimensions.toString();
        if (!dimensions.isObject() || json.length() > MAX_DIMENSIONS_LENGTH)
            throw new Refusal(
                    "data.dimensions must be an object of " + MAX_DIMENSIONS_LENGTH + " characters at the most");
        for (var dimension : dimensions.properties())
            if (!dimension.getValue().isValueNode()
                    || !PlainText.is(dimension.getKey())
                    || !PlainText.is(dimension.getValue().asText()))
                throw new Refusal("data.dimensions must hold texts, numbers and booleans only");
        return json;
    }

    private static String shortened(String text) {
        var start = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return PlainText.is(start) ? start : "?";
    }

    /// Leaves the reading of one event; never leaves this class.
    private static final class Refusal extends Exception {
        private final String reason;

        Refusal(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
