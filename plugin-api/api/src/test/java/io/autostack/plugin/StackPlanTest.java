package io.autostack.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.plugin.Component.Container;
import io.autostack.plugin.Component.Container.Replicas;
import io.autostack.plugin.Component.Container.Size;
import io.autostack.plugin.Component.Database;
import io.autostack.plugin.Component.Egress;
import io.autostack.plugin.Component.Logs;
import io.autostack.plugin.Component.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackPlanTest {

    private static final Secret CREDENTIALS = new Secret("credentials", List.of("username", "password"));

    @Test
    void a_plan_knows_which_permissions_it_needs() {
        var plan = StackPlan.of(
                CREDENTIALS, database("credentials"), worker(Map.of()), new Logs("logs", Range.of("0", "1")));

        assertThat(plan.permissions()).containsExactly(Permission.DATABASE, Permission.CONTAINER, Permission.SECRET);
    }

    @Test
    void a_plan_without_components_is_no_plan() {
        assertThatThrownBy(StackPlan::of).hasMessageContaining("between 1 and 50");
    }

    @Test
    void two_components_cannot_share_a_name() {
        assertThatThrownBy(() -> StackPlan.of(CREDENTIALS, CREDENTIALS))
                .hasMessage("two components are named \"credentials\"");
    }

    @Test
    void a_database_needs_its_credentials_in_the_plan() {
        assertThatThrownBy(() -> StackPlan.of(database("nowhere"))).hasMessageContaining("secret \"nowhere\"");
    }

    @Test
    void a_container_cannot_read_a_field_that_its_secret_does_not_have() {
        assertThatThrownBy(() ->
                        StackPlan.of(CREDENTIALS, worker(Map.of("KEY", new Value.SecretRef("credentials", "token")))))
                .hasMessageContaining("field \"token\"");
    }

    @Test
    void a_database_url_needs_a_database() {
        assertThatThrownBy(() -> StackPlan.of(CREDENTIALS, worker(Map.of("URL", new Value.DatabaseUrl("credentials")))))
                .hasMessageContaining("database \"credentials\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node 22", "-node", "../node", "Node", "node;true", "node@sha256:12"})
    void something_that_is_no_image_is_refused(String image) {
        assertThatThrownBy(() -> container(image, Map.of())).hasMessageStartingWith("not a container image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "docker.io/library/node:22-alpine", "localhost:5000/a_b/c--d:V1.2_x"})
    void an_ordinary_image_is_accepted(String image) {
        assertThat(container(image, Map.of()).image()).isEqualTo(image);
    }

    @Test
    void a_variable_that_no_shell_could_set_is_refused() {
        assertThatThrownBy(() -> worker(Map.of("A B", new Value.Literal("x"))))
                .hasMessageStartingWith("not an environment variable");
    }

    @Test
    void a_range_cannot_end_before_it_begins() {
        assertThatThrownBy(() -> new Egress("egress", Range.of("5", "1"))).hasMessageContaining("high must be between");
    }

    @Test
    void a_number_with_an_absurd_exponent_is_refused_without_being_written_out() {
        assertThatThrownBy(() -> Range.of("0", "1e999999999")).hasMessageContaining("decimal places");
    }

    private static Database database(String credentials) {
        return new Database(
                "database",
                Database.Engine.POSTGRESQL,
                "18",
                new Database.Placement.OwnServer("db.t4g.micro", false),
                20,
                credentials);
    }

    private static Container worker(Map<String, Value> environment) {
        return container("docker.io/library/busybox:1", environment);
    }

    private static Container container(String image, Map<String, Value> environment) {
        return new Container("worker", image, List.of(), Size.of("0.25", "0.5"), new Replicas(1, 2), null, environment);
    }
}
