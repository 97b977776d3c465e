package io.autostack.api;

import static io.autostack.testing.Problems.field;
import static io.autostack.testing.Problems.notFound;
import static io.autostack.testing.Problems.problem;
import static org.hamcrest.Matchers.containsInAnyOrder;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A plan or a deployment that cannot be is refused at the field, its parameters included.
@QuarkusTest
class BadDeploymentTest extends NothingHalfDone {

    @Test
    void a_template_or_version_that_is_not_on_offer() {
        field(plan(Map.of("name", "Shop")), "template");
        field(plan(Map.of("name", "Shop", "template", "no-such-template")), "template");
        field(plan(Map.of("name", "Shop", "template", Deploying.TEMPLATE, "version", "99.0.0")), "version");
    }

    @Test
    void an_app_without_a_name_that_an_address_can_be_made_from() {
        for (var name : List.of("", "   ", "1", "!!!", "a", "x".repeat(101)))
            field(plan(Map.of("template", Deploying.TEMPLATE, "name", name)), "name");
        field(plan(Map.of("template", Deploying.TEMPLATE)), "name");
    }

    @Test
    void parameters_that_the_template_does_not_take() {
        field(parameter("replicas", 99), "parameters.replicas");
        field(parameter("replicas", "many"), "parameters.replicas");
        field(parameter("replicas", 1.5), "parameters.replicas");
        field(parameter("size", "gigantic"), "parameters.size");
        field(parameter("image", "not an image!"), "parameters.image");
        field(parameter("title", "x".repeat(81)), "parameters.title");
        field(parameter("database-storage", 1), "parameters.database-storage");
        field(parameter("no-such-parameter", "x"), "parameters.no-such-parameter");
        field(parameter("title", List.of("a")), "parameters.title");
        field(parameter("title", Map.of("a", 1)), "parameters.title");
    }

    @Test
    void several_wrong_fields_are_said_at_once() {
        problem(
                        plan(Map.of(
                                "template",
                                Deploying.TEMPLATE,
                                "name",
                                "",
                                "parameters",
                                Map.of("replicas", 0, "size", "x"))),
                        422,
                        "invalid-input")
                .body("errors.field", containsInAnyOrder("name", "parameters.replicas", "parameters.size"));
    }

    @Test
    void an_approval_of_nothing() {
        var path = "/api/v1/tenants/" + tenant + "/deployments";
        field(post(path, "{}"), "plan");
        field(post(path, "{\"plan\": \"x\"}"), "plan");
        notFound(post(path, "{\"plan\": \"" + UUID.randomUUID() + "\"}"));
    }

    private Response plan(Map<String, ?> wanted) {
        return Deploying.askForPlan(Callers.alice(), tenant, wanted);
    }

    private Response parameter(String name, Object value) {
        return plan(Map.of("template", Deploying.TEMPLATE, "name", "Shop", "parameters", Map.of(name, value)));
    }
}
