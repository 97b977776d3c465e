package io.autostack.templates.nextjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plugin.Component.Container;
import io.autostack.plugin.testkit.StackAssert;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NextJsPostgresqlTest {

    @Test
    void without_any_answer_a_placeholder_and_a_database_are_planned() throws IOException {
        shop().matches("golden/initial-answers.json");
    }

    @Test
    void a_medium_shop_scales_to_four_copies() throws IOException {
        shop().with("title", "Shop <3")
                .with("size", "medium")
                .with("replicas", 4)
                .with("database-storage", 50)
                .matches("golden/medium-shop.json");
    }

    @Test
    void an_own_image_runs_its_own_command() {
        var plan = shop().with("image", "registry.example.com/team/shop:1.4").plan();

        assertThat(plan.components())
                .filteredOn(Container.class::isInstance)
                .singleElement()
                .satisfies(web -> assertThat(((Container) web).command()).isEmpty());
    }

    @Test
    void too_many_copies_are_refused_at_the_field() {
        shop().with("replicas", 5).objects("replicas", "Must be between 1 and 4.");
    }

    @Test
    void something_that_is_no_image_is_refused_at_the_field() {
        shop().with("image", "my image; rm -rf /")
                .objects("image", "Must be an image such as registry.example.com/team/shop:1.4.");
    }

    @Test
    void less_storage_than_a_database_needs_is_refused_at_the_field() {
        shop().with("database-storage", "4").objects("database-storage", "Must be between 5 and 100.");
    }

    private static StackAssert shop() {
        return StackAssert.rendering(new NextJsPostgresql());
    }
}
