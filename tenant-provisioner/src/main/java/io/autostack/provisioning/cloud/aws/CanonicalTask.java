package io.autostack.provisioning.cloud.aws;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// What matters of a task definition, in one order and with everything said that goes without saying: what is read back
/// from ECS comes in another order and with defaults filled in, and means the same.
record CanonicalTask(
        String cpu,
        String memory,
        String network,
        String executionRole,
        String taskRole,
        String platform,
        List<Part> parts) {

    /// A container.
    private record Part(
            String name,
            String image,
            List<String> command,
            boolean essential,
            SortedMap<String, String> environment,
            SortedMap<String, String> secrets,
            List<String> ports,
            SortedMap<String, String> labels,
            SortedMap<String, String> log,
            boolean initProcess,
            List<String> dropped) {}

    static CanonicalTask of(RegisterTaskDefinitionRequest wanted) {
        return of(
                wanted.cpu(),
                wanted.memory(),
                wanted.networkModeAsString(),
                wanted.executionRoleArn(),
                wanted.taskRoleArn(),
                wanted.runtimePlatform(),
                wanted.containerDefinitions());
    }

    static CanonicalTask of(TaskDefinition found) {
        return of(
                found.cpu(),
                found.memory(),
                found.networkModeAsString(),
                found.executionRoleArn(),
                found.taskRoleArn(),
                found.runtimePlatform(),
                found.containerDefinitions());
    }

    private static CanonicalTask of(
            @Nullable String cpu,
            @Nullable String memory,
            @Nullable String network,
            @Nullable String executionRole,
            @Nullable String taskRole,
            @Nullable RuntimePlatform platform,
            List<ContainerDefinition> parts) {
        return new CanonicalTask(
                text(cpu),
                text(memory),
                text(network),
                text(executionRole),
                text(taskRole),
                platform == null ? "LINUX X86_64" : architecture(platform),
                parts.stream().map(CanonicalTask::part).toList());
    }

    private static String architecture(RuntimePlatform platform) {
        return orElse(platform.operatingSystemFamilyAsString(), "LINUX") + " "
                + orElse(platform.cpuArchitectureAsString(), "X86_64");
    }

    private static Part part(ContainerDefinition container) {
        var linux = Optional.ofNullable(container.linuxParameters());
        var log = Optional.ofNullable(container.logConfiguration());
        return new Part(
                text(container.name()),
                text(container.image()),
                container.command(),
                container.essential() == null || container.essential(),
                sorted(container.environment(), KeyValuePair::name, KeyValuePair::value),
                sorted(container.secrets(), Secret::name, Secret::valueFrom),
                container.portMappings().stream()
                        .map(CanonicalTask::port)
                        .sorted()
                        .toList(),
                new TreeMap<>(container.dockerLabels()),
                log.map(found -> {
                            var all = new TreeMap<>(found.options());
                            all.put("", text(found.logDriverAsString()));
                            return (SortedMap<String, String>) all;
                        })
                        .orElseGet(TreeMap::new),
                linux.map(found -> Boolean.TRUE.equals(found.initProcessEnabled()))
                        .orElse(false),
                linux.flatMap(found -> Optional.ofNullable(found.capabilities()))
                        .map(found -> found.drop().stream().sorted().toList())
                        .orElse(List.of()));
    }

    /// A task with a network interface of its own has the same port on both sides.
    private static String port(PortMapping mapping) {
        return mapping.containerPort() + "/"
                + orElse(mapping.protocolAsString(), TransportProtocol.TCP.toString())
                        .toLowerCase(Locale.ROOT);
    }

    private static <T> SortedMap<String, String> sorted(
            List<T> all, Function<T, String> name, Function<T, String> value) {
        return all.stream()
                .collect(Collectors.toMap(
                        name,
                        one -> Objects.requireNonNullElse(value.apply(one), ""),
                        (one, other) -> other,
                        TreeMap::new));
    }

    private static String text(@Nullable String maybe) {
        return orElse(maybe, "");
    }

    private static String orElse(@Nullable String maybe, String otherwise) {
        return maybe == null || maybe.isEmpty() ? otherwise : maybe;
    }
}
