package io.autostack.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.plugin.Answers;
import io.autostack.plugin.Component.Secret;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.Permission;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.TemplateDescription;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackAssertTest {

    @Test
    void a_plan_like_the_golden_one_passes_however_that_is_indented() {
        assertThatCode(() -> token().matches("golden/token.json")).doesNotThrowAnyException();
    }

    @Test
    void a_plan_unlike_the_golden_one_fails() {
        assertThatThrownBy(() -> token().matches("golden/other.json"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("differs");
    }

    @Test
    void a_golden_file_that_is_not_there_fails_and_says_how_to_write_it() {
        assertThatThrownBy(() -> token().matches("golden/missing.json"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("autostack.golden.update");
    }

    @Test
    void wrong_answers_give_no_plan() {
        assertThatThrownBy(() -> token().with("public", "perhaps").plan())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Must be true or false.");
    }

    @Test
    void another_objection_than_the_expected_one_fails() {
        assertThatThrownBy(() -> token().with("public", "perhaps").objects("public", "Must be green."))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Must be true or false.");
    }

    @Test
    void no_objection_where_one_is_expected_fails() {
        assertThatThrownBy(() -> token().objects("public", "Must be true or false."))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("gave a plan");
    }

    private static StackAssert token() {
        return StackAssert.rendering(new StackTemplate() {
            @Override
            public TemplateDescription describe() {
                var parameters = List.<Parameter>of(new Parameter.Flag("public", "Public", "", false));
                return new TemplateDescription(
                        "token",
                        "Token",
                        "A token.",
                        "A token.",
                        "Tests",
                        parameters,
                        "",
                        "MIT",
                        Set.of(Permission.SECRET));
            }

            @Override
            public StackPlan plan(Answers answers) {
                return StackPlan.of(new Secret("token", List.of("value")));
            }
        });
    }
}
