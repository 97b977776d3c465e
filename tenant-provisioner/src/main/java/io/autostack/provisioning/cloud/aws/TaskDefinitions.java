package io.autostack.provisioning.cloud.aws;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// Task definitions. A new revision is made only when what is wanted differs in meaning from the newest one.
@ApplicationScoped
class TaskDefinitions {

    /// What differs when a secret has a new value: tasks read secrets only when they start.
    private static final String SECRETS_VERSION = "io.autostack.secrets";

    private final AwsClients clients;
    private final AwsSettings settings;

    @Inject
    TaskDefinitions(AwsClients clients, AwsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /// Two environments in one account share no family.
    String family(String name) {
        return Identifiers.of(settings.environment() + "-" + name, 255);
    }

    /// @return the ARN of a revision that is as wanted
    String ensure(ServiceSpec spec) {
        var wanted = wanted(spec);
        return newest(wanted.family())
                .filter(found -> CanonicalTask.of(found).equals(CanonicalTask.of(wanted)))
                .map(TaskDefinition::taskDefinitionArn)
                .orElseGet(() -> AwsRefusal.call(
                        AwsCall.REGISTER_TASK_DEFINITION,
                        () -> clients.ecs()
                                .registerTaskDefinition(wanted)
                                .taskDefinition()
                                .taskDefinitionArn()));
    }

    private Optional<TaskDefinition> newest(String family) {
        return AwsRefusal.call(AwsCall.DESCRIBE_TASK_DEFINITION, () -> {
            try {
                return Optional.of(clients.ecs()
                                .describeTaskDefinition(request -> request.taskDefinition(family))
                                .taskDefinition())
                        .filter(found -> found.status() != TaskDefinitionStatus.INACTIVE);
            } catch (ClientException _) {
                // There is none of this family.
                return Optional.empty();
            }
        });
    }

    /// No revision can start a task any more.
    void remove(String name) {
        var family = family(name);
        var revisions = AwsRefusal.call(
                AwsCall.LIST_TASK_DEFINITIONS,
                () -> clients
                        .ecs()
                        .listTaskDefinitionsPaginator(
                                request -> request.familyPrefix(family).status(TaskDefinitionStatus.ACTIVE))
                        .taskDefinitionArns()
                        .stream()
                        .filter(arn -> arn.contains("/" + family + ":"))
                        .toList());
        for (var revision : revisions)
            AwsRefusal.call(
                    AwsCall.DEREGISTER_TASK_DEFINITION,
                    () -> clients.ecs().deregisterTaskDefinition(request -> request.taskDefinition(revision)));
    }

    /// Each task has a kernel of its own, so the image may write to its own files and be whoever it says, with the
    /// rights
    /// that it was built for: nobody but its tenant is hurt by what it does there.
    RegisterTaskDefinitionRequest wanted(ServiceSpec spec) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family(spec.name()))
                .requiresCompatibilities(Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu(Integer.toString(spec.size().cpu()))
                .memory(Integer.toString(spec.size().memoryMb()))
                .executionRoleArn(settings.executionRole())
                .taskRoleArn(spec.taskRole().orElse(null))
                .runtimePlatform(platform -> platform.operatingSystemFamily(OSFamily.LINUX)
                        .cpuArchitecture(settings.architecture().name()))
                .containerDefinitions(container(spec))
                .tags(tags(spec.tags()))
                .build();
    }

    private static ContainerDefinition container(ServiceSpec spec) {
        return ContainerDefinition.builder()
                .name(spec.name())
                .image(spec.image())
                .command(spec.command().isEmpty() ? null : spec.command())
                .essential(true)
                .portMappings(
                        spec.listens()
                                ? List.of(PortMapping.builder()
                                        .containerPort(spec.port())
                                        .protocol(TransportProtocol.TCP)
                                        .build())
                                : List.of())
                .environment(new TreeMap<>(spec.environment())
                        .entrySet().stream()
                                .map(variable -> KeyValuePair.builder()
                                        .name(variable.getKey())
                                        .value(variable.getValue())
                                        .build())
                                .toList())
                .secrets(new TreeMap<>(spec.secrets())
                        .entrySet().stream()
                                .map(variable -> Secret.builder()
                                        .name(variable.getKey())
                                        .valueFrom(variable.getValue())
                                        .build())
                                .toList())
                .dockerLabels(Map.of(SECRETS_VERSION, spec.secretsVersion()))
                .linuxParameters(linux -> linux.initProcessEnabled(true))
                .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of(
                                "awslogs-group", spec.logGroup(),
                                "awslogs-region",
                                        AwsSettings.region()
                                                .map(Object::toString)
                                                .orElse(""),
                                "awslogs-stream-prefix", "task")))
                .build();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
