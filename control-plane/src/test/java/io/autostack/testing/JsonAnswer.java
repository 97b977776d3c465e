package io.autostack.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// What a JSON answer holds, by the names that lead there, `database.port` for instance. For what many tests ask: REST
/// Assured understands more, and compiles a script for each question.
public record JsonAnswer(JsonNode root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static JsonAnswer of(Response answer) {
        try {
            return new JsonAnswer(JSON.readTree(answer.asByteArray()));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + answer.asString(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Missing where nothing is.
    public JsonNode at(String names) {
        return root.at("/" + names.replace('.', '/'));
    }

    /// It has to be there.
    public String text(String names) {
        var value = at(names);
        assertThat(value.isValueNode() && !value.isNull())
                .as("%s of %s", names, root)
                .isTrue();
        return value.asText();
    }

    public int number(String names) {
        var value = at(names);
        assertThat(value.isInt()).as("%s of %s", names, root).isTrue();
        return value.intValue();
    }

    public Map<String, String> texts(String names) {
        return JSON.convertValue(at(names), new TypeReference<>() {});
    }

    public List<Map<String, Object>> rows(String names) {
        return JSON.convertValue(at(names), new TypeReference<>() {});
    }
}
