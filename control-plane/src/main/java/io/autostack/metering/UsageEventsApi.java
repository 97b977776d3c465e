package io.autostack.metering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.autostack.identity.Callers;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/// Where usage comes in: CloudEvents 1.0 in all three forms of its HTTP binding.
@Path("/api/v1/usage-events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
@APIResponse(responseCode = "400", description = "The body is not well-formed")
@APIResponse(responseCode = "401", description = "Not signed in")
class UsageEventsApi {

    static final int MAX_EVENTS = 1_000;

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String STRUCTURED = "application/cloudevents+json";

    private final Callers callers;
    private final RecordUsage usage;
    private final ObjectReader json;

    @Inject
    UsageEventsApi(Callers callers, RecordUsage usage, ObjectMapper mapper) {
        this.callers = callers;
        this.usage = usage;
        this.json = mapper.reader()
                .with(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /// What became of the events.
    @Schema(name = "UsageResults")
    record Answer(List<RecordUsage.Result> results) {}

    @POST
    @Consumes(BATCH)
    @ResponseStatus(202)
    @Operation(
            operationId = "recordUsage",
            summary = "Report usage",
            description =
                    "CloudEvents of type io.autostack.usage.recorded.v1 as a batch (an array of 1,000 at the most),"
                            + " a single structured event, or a single binary one. Each event is accepted, a duplicate of one"
                            + " that was counted before (same tenant, source and id), or rejected with a reason; one that is"
                            + " rejected does not stop the others.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = BATCH, schema = @Schema(type = SchemaType.ARRAY, maxItems = MAX_EVENTS)),
                @Content(mediaType = STRUCTURED, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponseSchema(
            value = Answer.class,
            responseCode = "202",
            responseDescription = "One result per event, in order")
    @APIResponse(responseCode = "413", description = "More than 1,000 events")
    public Answer batch(byte[] body) {
        callers.current().mustBeSignedIn();
        var batch = read(body);
        if (!batch.isArray()) throw malformed("A batch is a JSON array of events.");
        if (batch.size() > MAX_EVENTS)
            throw Problem.of(
                            ProblemType.TOO_LARGE,
                            "A batch may have " + MAX_EVENTS + " events at the most; this one has " + batch.size()
                                    + ".")
                    .with("most", MAX_EVENTS)
                    .exception();
        var events = new ArrayList<CloudEvent>(batch.size());
        batch.forEach(event -> events.add(CloudEvent.structured(event)));
        return record(events);
    }

    @POST
    @Consumes(STRUCTURED)
    @ResponseStatus(202)
    @Operation(hidden = true)
    public Answer structured(byte[] body) {
        callers.current().mustBeSignedIn();
        var event = read(body);
        if (!event.isObject()) throw malformed("A structured event is one JSON object.");
        return record(List.of(CloudEvent.structured(event)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(202)
    @Operation(hidden = true)
    public Answer binary(@Context HttpHeaders headers, byte[] body) {
        callers.current().mustBeSignedIn();
        if (headers.getRequestHeaders().keySet().stream().noneMatch(UsageEventsApi::isAttribute))
            throw malformed("Send the event's attributes as ce- headers, or the whole event as"
                    + " application/cloudevents+json.");
        return record(List.of(CloudEvent.binary(headers::getHeaderString, read(body))));
    }

    private Answer record(List<CloudEvent> events) {
        return new Answer(usage.record(callers.current(), events));
    }

    private static boolean isAttribute(String header) {
        return header.regionMatches(true, 0, "ce-", 0, 3);
    }

    private JsonNode read(byte[] body) {
        try {
            var node = json.readTree(body);
            if (node.isMissingNode()) throw malformed("The body is empty.");
            return node;
        } catch (JsonProcessingException _) {
            throw malformed("The body is not well-formed JSON.");
        } catch (IOException e) {
            throw new UncheckedIOException("an array of bytes can be read", e);
        }
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, detail).exception();
    }
}
