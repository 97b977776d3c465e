package io.autostack.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// Requests as JSON and back. Strict, and with settings of its own: how the API answers may change, what the ledger
/// holds may not. A field too many or too few means that another version wrote it.
@ApplicationScoped
class RequestJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /// The parser's advice how to be less strict.
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile("(; `| \\(set ).*", Pattern.DOTALL);

    private final Map<String, Class<? extends OperationRequest>> types = new HashMap<>();

    @Inject
    RequestJson(@Any Instance<OperationKind<?>> kinds) {
        for (var kind : kinds) types.put(kind.name(), kind.request());
    }

    String write(OperationRequest request) {
        try {
            return JSON.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request is always JSON", e);
        }
    }

    StoredRequest read(String kind, String json) {
        try {
            return new StoredRequest.Readable(request(kind, JSON.readTree(json)));
        } catch (JsonProcessingException e) {
            return new StoredRequest.Unreadable(
                    FOR_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceFirst(""));
        } catch (IllegalArgumentException otherVersion) {
            return new StoredRequest.Unreadable(String.valueOf(otherVersion.getMessage()));
        }
    }

    /// A rollback holds the request of what it takes back, of whatever kind that is.
    private OperationRequest request(String kind, JsonNode json) throws JsonProcessingException {
        if (kind.equals(Kinds.ROLLBACK)) {
            var failed = text(json, "kind");
            return new Rollback(
                    UUID.fromString(text(json, "operation")),
                    failed,
                    text(json, "title"),
                    request(failed, json.path("request")));
        }
        var type = types.get(kind);
        if (type == null) throw new IllegalArgumentException("no kind of operation is called " + kind);
        return JSON.treeToValue(EarlierFields.filledIn(json, JSON), type);
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) throw new IllegalArgumentException("there is no text in the field " + field);
        return json.path(field).textValue();
    }
}
