package io.autostack.plugin.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.plugin.Component.Container;
import io.autostack.plugin.Component.Container.Replicas;
import io.autostack.plugin.Component.Secret;
import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.Permission;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.json.PluginJson.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginJsonTest {

    @Test
    void a_plan_is_one_object_whose_components_name_their_kind() {
        var plan = new Answer.Plan(StackPlan.of(new Secret("token", List.of("value"))));

        assertThat(PluginJson.write(plan)).isEqualTo("""
                {"ok":true,"plan":{"components":[{"kind":"secret","name":"token","fields":["value"]}]}}""");
    }

    @Test
    void a_problem_names_its_fields() {
        var problem = new Answer.Problem("Wrong.", List.of(new FieldMessage("size", "Must be small.")));

        assertThat(PluginJson.write(problem)).isEqualTo("""
                {"ok":false,"problem":"Wrong.","fields":[{"name":"size","message":"Must be small."}]}""");
    }

    @Test
    void numbers_and_booleans_are_read_as_a_form_would_send_them() throws Malformed {
        assertThat(PluginJson.readRequest("""
                {"answers":{"title":"Shop","copies":3,"public":false,"colour":null}}""")).isEqualTo(Map.of("title", "Shop", "copies", "3", "public", "false"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"answers\":3}",
                "{\"answers\":{\"a\":[]}}",
                "{\"answers\":{\"a\":1,\"a\":2}}"
            })
    void a_request_of_another_shape_is_refused(String request) {
        assertThatThrownBy(() -> PluginJson.readRequest(request)).isInstanceOf(Malformed.class);
    }

    @Test
    void what_was_asked_is_read_as_it_was_written() throws Malformed {
        var answers = Map.of("title", "Shop \"one\"", "copies", "3");

        assertThat(PluginJson.readRequest(PluginJson.request(answers))).isEqualTo(answers);
    }

    @Test
    void every_answer_is_read_as_it_was_written() throws Malformed {
        var description = new TemplateDescription(
                "shop",
                "Shop",
                "A shop.",
                "A shop.",
                "Web application",
                List.of(new Parameter.WholeNumber("disk", "Disk", "", false, 20L, 20, 100, "GB")),
                "",
                "Apache-2.0",
                Set.of(Permission.CONTAINER));
        for (var answer : List.of(
                new Answer.Template(description),
                new Answer.Plan(StackPlan.of(worker(new Replicas(1, 4)))),
                new Answer.Problem("Wrong.", List.of(new FieldMessage("size", "Must be small.")))))
            assertThat(PluginJson.readAnswer(PluginJson.write(answer))).isEqualTo(answer);
    }

    @Test
    void a_plan_that_was_stored_with_the_words_of_before_is_read() throws Malformed {
        var plan = StackPlan.of(worker(new Replicas(1, 4)));
        var json = PluginJson.write(plan);

        assertThat(json).contains("\"replicas\":{\"min\":1,\"max\":4}");
        assertThat(PluginJson.readPlan(json.replace("\"min\":1,\"max\":4", "\"least\":1,\"most\":4")))
                .isEqualTo(plan);
    }

    private static Container worker(Replicas replicas) {
        return new Container("worker", "shop", List.of(), Container.Size.of("0.25", "0.5"), replicas, null, Map.of());
    }
}
