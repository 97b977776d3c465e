package io.autostack.plugin.runner;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autostack.plugin.Component;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/// The JSON shape of questions and answers, documented in `plugin-api/runner/README.md`.
public final class AnswerJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(Component.class, ComponentKinds.class)
            .addMixIn(Component.Database.Placement.class, PlacementKinds.class)
            .addMixIn(Value.class, ValueKinds.class)
            .addMixIn(Parameter.class, ParameterKinds.class)
            .build();

    private AnswerJson() {}

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

    /// A plan as people read and compare it.
    public static String pretty(StackPlan plan) {
        return pretty(JSON.<JsonNode>valueToTree(plan));
    }

    /// The same text for the same JSON, however it was indented.
    ///
    /// @throws IllegalArgumentException when it is no JSON
    public static String pretty(String json) {
        try {
            return pretty(JSON.readTree(json));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    /// Reads `{"answers":{…}}`; numbers and booleans become the text that a form would have sent.
    ///
    /// @throws IllegalArgumentException when the request has another shape
    static Map<String, String> readAnswers(String request) {
        JsonNode answers;
        try {
            answers = JSON.readTree(request).path("answers");
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("The request is not JSON: " + broken.getOriginalMessage(), broken);
        }
        if (!(answers instanceof ObjectNode object))
            throw new IllegalArgumentException("The request must be an object with an object named \"answers\".");
        var raw = new LinkedHashMap<String, String>();
        object.properties().forEach(answer -> {
            if (answer.getValue().isContainerNode())
                throw new IllegalArgumentException("The answer \"" + answer.getKey() + "\" must be a single value.");
            if (!answer.getValue().isNull())
                raw.put(answer.getKey(), answer.getValue().asText());
        });
        return raw;
    }

    private static String pretty(JsonNode json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
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
