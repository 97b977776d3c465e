package io.autostack.templates.nextjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plugin.testkit.PluginJarAssert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PluginJarIT {

    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("plugin.jar")));

    @Test
    void the_packaged_jar_is_accepted_under_its_own_id() throws IOException {
        try (var jar = PluginJarAssert.accepts(JAR)) {
            assertThat(jar.facts().pluginId()).isEqualTo("nextjs-postgresql");
        }
    }

    @Test
    void the_packaged_template_plans_the_same_stack_as_its_class() throws IOException {
        try (var jar = PluginJarAssert.accepts(JAR)) {
            jar.rendering().matches("golden/initial-answers.json");
        }
    }
}
