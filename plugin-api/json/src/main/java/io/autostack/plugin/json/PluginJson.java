package io.autostack.plugin.json;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autostack.plugin.Component;
import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Questions and answers, descriptions and plans as JSON, documented in `plugin-api/runner/README.md`. Reading trusts
/// nobody: it is bounded, and checks every promise of the plugin API.
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
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(Component.class, ComponentKinds.class)
            .addMixIn(Component.Container.Replicas.class, ReplicasNames.class)
            .addMixIn(Component.Database.Placement.class, PlacementKinds.class)
            .addMixIn(Value.class, ValueKinds.class)
            .addMixIn(Parameter.class, ParameterKinds.class)
            .build();

    private PluginJson() {}

    /// JSON that is not what it should be; the message says why.
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }

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

    public static String write(Answer answer) {
        var json = JSON.createObjectNode();
        switch (answer) {
            case Answer.Template(var description) ->
                json.put("ok", true).set("template", JSON.valueToTree(description));
            case Answer.Plan(var plan) -> json.put("ok", true).set("plan", JSON.valueToTree(plan));
            case Answer.Problem(var problem, var fields) ->
                json.put("ok", false).put("problem", problem).set("fields", JSON.valueToTree(fields));
        }
        return text(json);
    }

    /// The request of a plan for a user's answers.
    public static String request(Map<String, String> answers) {
        return text(Map.of("answers", answers));
    }

    public static TemplateDescription readDescription(String json) throws Malformed {
        return bind(tree(json), TemplateDescription.class);
    }

    public static StackPlan readPlan(String json) throws Malformed {
        return bind(tree(json), StackPlan.class);
    }

    public static Answer readAnswer(String json) throws Malformed {
        var answer = tree(json);
        if (!answer.path("ok").asBoolean(false)) return problem(answer);
        return answer.has("template")
                ? new Answer.Template(bind(answer.get("template"), TemplateDescription.class))
                : new Answer.Plan(bind(answer.path("plan"), StackPlan.class));
    }

    private static Answer problem(JsonNode answer) throws Malformed {
        var problem = answer.path("problem").asText("");
        var fields = answer.path("fields");
        if (problem.isBlank() || !fields.isArray())
            throw new Malformed("it is neither a template nor a plan nor a problem");
        var messages = new ArrayList<FieldMessage>();
        for (var field : fields) messages.add(bind(field, FieldMessage.class));
        return new Answer.Problem(problem, messages);
    }

    /// A user's answers in `{"answers":{…}}`; numbers and booleans become the text that a form would have sent.
    public static Map<String, String> readRequest(String json) throws Malformed {
        if (!(tree(json).path("answers") instanceof ObjectNode answers))
            throw new Malformed("it must be an object with an object named \"answers\"");
        var raw = new LinkedHashMap<String, String>();
        for (var answer : answers.properties()) {
            if (answer.getValue().isContainerNode())
                throw new Malformed("the answer \"" + answer.getKey() + "\" must be a single value");
            if (!answer.getValue().isNull())
                raw.put(answer.getKey(), answer.getValue().asText());
        }
        return raw;
    }

    /// A plan as people read and compare it.
    public static String pretty(StackPlan plan) {
        return pretty(JSON.<JsonNode>valueToTree(plan));
    }

    /// The same text for the same JSON, however it was indented.
    public static String pretty(String json) throws Malformed {
        return pretty(tree(json));
    }

    private static String pretty(JsonNode json) {
        return text(JSON.writerWithDefaultPrettyPrinter(), json) + "\n";
    }

    private static JsonNode tree(String json) throws Malformed {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new Malformed("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static <T> T bind(JsonNode json, Class<T> type) throws Malformed {
        try {
            return Objects.requireNonNull(JSON.treeToValue(json, type));
        } catch (JsonProcessingException e) {
            throw new Malformed(e.getOriginalMessage(), e);
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new Malformed("something is missing or wrong in a " + type.getSimpleName(), e);
        }
    }

    private static String text(Object value) {
        return text(JSON.writer(), value);
    }

    private static String text(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the plugin API allows is always JSON", e);
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

    /// Plans that were stored before call them as the aliases do.
    private interface ReplicasNames {
        @JsonAlias("least")
        int min();

        @JsonAlias("most")
        int max();
    }
}
