package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsPolicyTest {

    private static JsonNode policy() throws Exception {
        return new ObjectMapper()
                .readTree(AwsPolicy.of("autostack-production", "Z1", List.of("arn:aws:iam::1:role/tasks")));
    }

    @Test
    void every_call_of_the_driver_is_allowed_and_nothing_else_but_tagging_and_handing_out_roles() throws Exception {
        var allowed = new ArrayList<String>();
        policy().path("Statement")
                .forEach(statement -> statement.path("Action").forEach(action -> allowed.add(action.asText())));

        assertThat(allowed.stream().distinct())
                .containsAll(
                        Arrays.stream(AwsCall.values()).map(AwsCall::permission).toList())
                .noneMatch(action -> action.contains("*"))
                .hasSize(AwsCall.values().length + 6);
    }

    @Test
    void what_makes_or_changes_is_kept_to_what_carries_the_environment_s_tag_or_name() throws Exception {
        policy().path("Statement").forEach(statement -> {
            var everything = statement.path("Resource").asText().equals("*");
            var narrowed = !everything || statement.has("Condition");
            assertThat(narrowed)
                    .as(statement.path("Sid").asText())
                    .isEqualTo(!Set.of("Look", "EndTaskDefinitions")
                            .contains(statement.path("Sid").asText()));
        });
        assertThat(AwsPolicy.looking())
                .allSatisfy(call -> assertThat(call.operation()).matches("(Describe|List|Get).*"));
    }
}
