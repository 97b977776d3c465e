package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plugin.FieldMessage;
import io.autostack.plugin.Permission;
import io.autostack.plugin.json.PluginJson;
import io.autostack.plugin.json.PluginJson.Malformed;
import io.autostack.pluginhost.PluginAnswer.Described;
import io.autostack.pluginhost.PluginAnswer.Invalid;
import io.autostack.pluginhost.PluginAnswer.Planned;
import io.autostack.pluginhost.PluginAnswer.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("plugin-process")
class PluginRunnerTest {

    record Settings(
            Path runner,
            Optional<Path> bundled,
            Optional<Path> java,
            Duration timeLimit,
            int parallel,
            int waitingPerTenant,
            int waiting)
            implements PluginHostConfig {}

    private static final Set<Permission> EVERYTHING = EnumSet.allOf(Permission.class);

    private static final Inquiry NEXT_JS = Inquiry.bundled(PluginJars.nextJs());

    private final PluginRunner runner = runner(Duration.ofSeconds(60));

    static PluginRunner runner(Duration timeLimit) {
        return new PluginRunner(
                new Settings(PluginJars.runner(), Optional.empty(), Optional.empty(), timeLimit, 2, 2, 16));
    }

    @Test
    void a_template_describes_itself() {
        assertThat(runner.describe(NEXT_JS))
                .isInstanceOfSatisfying(
                        Described.class,
                        described -> assertThat(
                                        described.template().description().name())
                                .isEqualTo("Next.js + PostgreSQL"));
    }

    @Test
    void a_template_plans_a_stack_from_answers() {
        assertThat(runner.plan(NEXT_JS, EVERYTHING, Map.of("replicas", "2")))
                .isInstanceOfSatisfying(
                        Planned.class,
                        planned -> assertThat(planned.plan().components())
                                .extracting(component -> component.name())
                                .containsExactly("database-credentials", "database", "web", "logs", "egress"));
    }

    @Test
    void a_plan_survives_being_stored() throws Malformed {
        var planned = (Planned) runner.plan(NEXT_JS, EVERYTHING, Map.of());

        assertThat(PluginJson.readPlan(planned.json())).isEqualTo(planned.plan());
    }

    @Test
    void a_description_survives_being_stored() throws Malformed {
        var described = ((Described) runner.describe(NEXT_JS)).template().description();

        assertThat(PluginJson.readDescription(PluginJson.write(described))).isEqualTo(described);
    }

    @Test
    void wrong_answers_come_back_with_a_message_for_each_field() {
        assertThat(runner.plan(NEXT_JS, EVERYTHING, Map.of("replicas", "9", "size", "huge")))
                .isEqualTo(new Invalid(List.of(
                        new FieldMessage("size", "Must be one of: small, medium."),
                        new FieldMessage("replicas", "Must be between 1 and 4."))));
    }

    @Test
    void a_plan_beyond_what_was_granted_is_refused() {
        assertThat(runner.plan(NEXT_JS, EnumSet.of(Permission.SECRET), Map.of()))
                .isEqualTo(new Refused(
                        "The plan needs permissions that were not granted: DATABASE, CONTAINER, INTERNET."));
    }
}
