package io.autostack.pluginhost;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autostack.plugin.Component;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.Value;
import java.util.Map;
import java.util.Objects;

/// Descriptions and plans as JSON, to be stored and read again; reading checks every promise of the plugin API.
public final class PluginJson {

    /// A little more than the longest and deepest that the plugin API allows.
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxStringLength(25_000)
            .maxNumberLength(50)
            .maxNameLength(1_000)
            .build();

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(Component.class, ComponentKinds.class)
            .addMixIn(Component.Database.Placement.class, PlacementKinds.class)
            .addMixIn(Value.class, ValueKinds.class)
            .addMixIn(Parameter.class, ParameterKinds.class)
            .build();

    private PluginJson() {}

    /// JSON that is not what it should be; the message says why.
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public static String write(TemplateDescription description) {
        return text(description);
    }

    public static String write(StackPlan plan) {
        return text(plan);
    }

    public static TemplateDescription readDescription(String json) throws Malformed {
        return bind(tree(json), TemplateDescription.class);
    }

    public static StackPlan readPlan(String json) throws Malformed {
        return bind(tree(json), StackPlan.class);
    }

    static String request(Map<String, String> answers) {
        return text(Map.of("answers", answers));
    }

    static JsonNode tree(String json) throws Malformed {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new Malformed("it is not JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    static <T> T bind(JsonNode json, Class<T> type) throws Malformed {
        try {
            return Objects.requireNonNull(JSON.treeToValue(json, type));
        } catch (JsonProcessingException broken) {
            throw new Malformed(broken.getOriginalMessage(), broken);
        } catch (NullPointerException | IllegalArgumentException missing) {
            throw new Malformed("something is missing or wrong in a " + type.getSimpleName(), missing);
        }
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "database", value = Component.Database.class),
        @Type(name = "container", value = Component.Container.class),
        @Type(name = "secret", value = Component.Secret.class),
        @Type(name = "object-storage", value = Component.ObjectStorage.class),
        @Type(name = "egress", value = Component.Egress.class),
        @Type(name = "logs", value = Component.Logs.class)
    })
    private interface ComponentKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "tenant-server", value = Component.Database.Placement.TenantServer.class),
        @Type(name = "own-server", value = Component.Database.Placement.OwnServer.class)
    })
    private interface PlacementKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "literal", value = Value.Literal.class),
        @Type(name = "secret", value = Value.SecretRef.class),
        @Type(name = "database-url", value = Value.DatabaseUrl.class)
    })
    private interface ValueKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @Type(name = "text", value = Parameter.Text.class),
        @Type(name = "choice", value = Parameter.Choice.class),
        @Type(name = "number", value = Parameter.WholeNumber.class),
        @Type(name = "flag", value = Parameter.Flag.class)
    })
    private interface ParameterKinds {}
}
