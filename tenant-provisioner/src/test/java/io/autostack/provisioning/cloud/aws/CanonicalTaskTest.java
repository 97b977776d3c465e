package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class CanonicalTaskTest {

    private static final RegisterTaskDefinitionRequest WANTED = RegisterTaskDefinitionRequest.builder()
            .cpu("512")
            .memory("1024")
            .networkMode("awsvpc")
            .executionRoleArn("role")
            .containerDefinitions(container("a=1", "b=2")
                    .portMappings(port -> port.containerPort(80))
                    .build())
            .build();

    private static ContainerDefinition.Builder container(String... variables) {
        return ContainerDefinition.builder()
                .name("web")
                .image("shop:1")
                .environment(List.of(variables).stream()
                        .map(variable -> variable.split("="))
                        .map(pair -> KeyValuePair.builder()
                                .name(pair[0])
                                .value(pair[1])
                                .build())
                        .toList());
    }

    /// As ECS gives it back.
    private static CanonicalTask found(Consumer<ContainerDefinition.Builder> change) {
        var container = container("b=2", "a=1")
                .essential(true)
                .cpu(0)
                .mountPoints(List.of())
                .volumesFrom(List.of())
                .systemControls(List.of())
                .portMappings(port -> port.containerPort(80).hostPort(80).protocol("tcp"));
        change.accept(container);
        return CanonicalTask.of(TaskDefinition.builder()
                .cpu("512")
                .memory("1024")
                .networkMode("awsvpc")
                .executionRoleArn("role")
                .taskRoleArn("")
                .revision(7)
                .containerDefinitions(container.build())
                .build());
    }

    @Test
    void a25_another_order_and_what_goes_without_saying_are_no_difference() {
        assertThat(found(container -> {})).isEqualTo(CanonicalTask.of(WANTED));
    }

    @Test
    void whatever_means_something_else_is_one() {
        var differences = List.<Consumer<ContainerDefinition.Builder>>of(
                container -> container.image("shop:2"),
                container -> container.command("sh"),
                container -> container.essential(false),
                container -> container.environment(List.of()),
                container -> container.secrets(secret -> secret.name("A").valueFrom("arn")),
                container -> container.portMappings(port -> port.containerPort(81)),
                container ->
                        container.portMappings(port -> port.containerPort(80).protocol("udp")),
                container -> container.dockerLabels(Map.of("io.autostack.secrets", "2")),
                container -> container.linuxParameters(linux -> linux.initProcessEnabled(true)));

        for (var difference : differences) assertThat(found(difference)).isNotEqualTo(CanonicalTask.of(WANTED));
    }
}
