package io.autostack.plugin.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plugin.Answers;
import io.autostack.plugin.AnswersRejected;
import io.autostack.plugin.Component.Secret;
import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.Permission;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.json.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class InterviewTest {

    private static final StackPlan PLAN = StackPlan.of(new Secret("token", List.of("value")));

    @Test
    void good_answers_lead_to_a_plan() {
        var answer = plan(Set.of(Permission.SECRET), _ -> PLAN, Map.of());

        assertThat(answer).isEqualTo(new Answer.Plan(PLAN));
    }

    @Test
    void wrong_answers_never_reach_the_template() {
        var answer = plan(
                Set.of(),
                _ -> {
                    throw new AssertionError("was asked");
                },
                Map.of("public", "perhaps"));

        assertThat(answer)
                .isEqualTo(new Answer.Problem(
                        "Some answers are missing or wrong.",
                        List.of(new FieldMessage("public", "Must be true or false."))));
    }

    @Test
    void a_plan_that_needs_more_than_was_declared_is_refused() {
        var answer = plan(Set.of(Permission.DATABASE), _ -> PLAN, Map.of());

        assertThat(answer)
                .isEqualTo(
                        Answer.Problem.with("The plan needs permissions that the template does not declare: SECRET."));
    }

    @Test
    void answers_that_do_not_go_together_are_reported_at_their_fields() {
        var field = new FieldMessage("public", "Needs an address.");

        var answer = plan(
                Set.of(),
                _ -> {
                    throw new AnswersRejected(field);
                },
                Map.of());

        assertThat(answer).isEqualTo(new Answer.Problem("Some answers do not go together.", List.of(field)));
    }

    @Test
    void a_template_that_throws_is_reported_with_its_reason() {
        var answer = plan(
                Set.of(),
                _ -> {
                    throw new IllegalStateException("out of paper");
                },
                Map.of());

        assertThat(answer).isEqualTo(Answer.Problem.with("The template failed: IllegalStateException: out of paper"));
    }

    @Test
    void a_template_that_recurses_for_ever_is_reported() {
        var answer = plan(
                Set.of(),
                new Function<>() {
                    @Override
                    @SuppressWarnings("InfiniteRecursion")
                    public StackPlan apply(Answers answers) {
                        return apply(answers);
                    }
                },
                Map.of());

        assertThat(answer).isEqualTo(Answer.Problem.with("The template failed: StackOverflowError: null"));
    }

    @Test
    void a_template_must_be_called_what_its_jar_is_called() {
        var answer = new Interview(template(Set.of(), _ -> PLAN)).describe("other");

        assertThat(answer)
                .isEqualTo(Answer.Problem.with("The template's id \"shop\" must be the jar's Plugin-Id \"other\"."));
    }

    private static Answer plan(
            Set<Permission> permissions, Function<Answers, StackPlan> planning, Map<String, String> raw) {
        return new Interview(template(permissions, planning)).plan(raw);
    }

    private static StackTemplate template(Set<Permission> permissions, Function<Answers, StackPlan> planning) {
        return new StackTemplate() {
            @Override
            public TemplateDescription describe() {
                return new TemplateDescription(
                        "shop",
                        "Shop",
                        "A shop.",
                        "A shop.",
                        "Shops",
                        List.of(new Parameter.Flag("public", "Public", "", false)),
                        "",
                        "MIT",
                        permissions);
            }

            @Override
            public StackPlan plan(Answers answers) {
                return planning.apply(answers);
            }
        };
    }
}
