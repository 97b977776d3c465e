package io.autostack.plugin.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.plugin.Component.Secret;
import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.StackPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJsonTest {

    @Test
    void a_plan_is_one_object_whose_components_name_their_kind() {
        var plan = new Answer.Plan(StackPlan.of(new Secret("token", List.of("value"))));

        assertThat(AnswerJson.write(plan)).isEqualTo("""
                {"ok":true,"plan":{"components":[{"kind":"secret","name":"token","fields":["value"]}]}}""");
    }

    @Test
    void a_problem_names_its_fields() {
        var problem = new Answer.Problem("Wrong.", List.of(new FieldMessage("size", "Must be small.")));

        assertThat(AnswerJson.write(problem)).isEqualTo("""
                {"ok":false,"problem":"Wrong.","fields":[{"name":"size","message":"Must be small."}]}""");
    }

    @Test
    void numbers_and_booleans_are_read_as_a_form_would_send_them() {
        assertThat(AnswerJson.readAnswers("""
                {"answers":{"title":"Shop","copies":3,"public":false,"colour":null}}""")).isEqualTo(Map.of("title", "Shop", "copies", "3", "public", "false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"answers\":3}", "{\"answers\":{\"a\":[]}}"})
    void a_request_of_another_shape_is_refused(String request) {
        assertThatThrownBy(() -> AnswerJson.readAnswers(request)).isInstanceOf(IllegalArgumentException.class);
    }
}
