package io.autostack.metering;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A CloudEvent as it came in, nothing checked yet; an attribute that is missing or not a text is null.
record CloudEvent(
        @Nullable String specversion,
        @Nullable String type,
        @Nullable String source,
        @Nullable String id,
        @Nullable String subject,
        @Nullable String time,
        JsonNode data) {

    /// Attributes and data in one JSON object; anything else is an event without attributes.
    static CloudEvent structured(JsonNode event) {
        return attributes(name -> event.path(name).textValue(), event.path("data"));
    }

    /// Attributes as headers, data as the body.
    static CloudEvent binary(Function<String, @Nullable String> header, JsonNode data) {
        return attributes(name -> HeaderText.decoded(header.apply("ce-" + name)), data);
    }

    private static CloudEvent attributes(Function<String, @Nullable String> attribute, JsonNode data) {
        return new CloudEvent(
                attribute.apply("specversion"),
                attribute.apply("type"),
                attribute.apply("source"),
                attribute.apply("id"),
                attribute.apply("subject"),
                attribute.apply("time"),
                data);
    }
}
