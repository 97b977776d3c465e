package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DuplicateTargetGroupNameException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Target groups of the shared load balancer, one for each service that listens.
@ApplicationScoped
class TargetGroups {

    /// ("CreateTargetGroup", Elastic Load Balancing API reference)
    private static final int LONGEST_NAME = 32;

    private static final String WELL = "200-299";
    private static final int SECONDS = 10;

    private final AwsClients clients;
    private final AwsSettings settings;
    private final ResourceTags tags;

    @Inject
    TargetGroups(AwsClients clients, AwsSettings settings, ResourceTags tags) {
        this.clients = clients;
        this.settings = settings;
        this.tags = tags;
    }

    /// @return its ARN
    String ensure(ServiceSpec spec) {
        var found = find(spec.name()).or(() -> create(spec));
        if (found.isEmpty())
            throw new OutcomeException(
                    new Outcome.NotYet("somebody else makes the same target group", Duration.ofSeconds(2)));
        var group = found.get();
        if (!tags.areOf(spec.tenant(), tagsOf(group.targetGroupArn())))
            throw new OutcomeException(new Outcome.Failed("A target group called " + group.targetGroupName()
                    + " exists already and does not carry our tags. Remove or rename it, then retry."));
        var path = path(spec);
        if (!path.equals(group.healthCheckPath()))
            AwsRefusal.call(
                    AwsCall.MODIFY_TARGET_GROUP,
                    () -> clients.balancers()
                            .modifyTargetGroup(request -> request.targetGroupArn(group.targetGroupArn())
                                    .healthCheckPath(path)));
        return group.targetGroupArn();
    }

    private static String path(ServiceSpec spec) {
        return spec.healthPath().orElse("/");
    }

    private Optional<TargetGroup> find(String name) {
        return AwsRefusal.call(AwsCall.DESCRIBE_TARGET_GROUPS, () -> {
            try {
                return clients
                        .balancers()
                        .describeTargetGroups(request -> request.names(shortName(name)))
                        .targetGroups()
                        .stream()
                        .findFirst();
            } catch (TargetGroupNotFoundException _) {
                return Optional.empty();
            }
        });
    }

    private Optional<TargetGroup> create(ServiceSpec spec) {
        return AwsRefusal.call(AwsCall.CREATE_TARGET_GROUP, () -> {
            try {
                return clients
                        .balancers()
                        .createTargetGroup(request -> request.name(shortName(spec.name()))
                                .vpcId(settings.network())
                                .targetType(TargetTypeEnum.IP)
                                .protocol(ProtocolEnum.HTTP)
                                .port(spec.port())
                                .healthCheckPath(path(spec))
                                .healthCheckIntervalSeconds(SECONDS)
                                .healthCheckTimeoutSeconds(SECONDS / 2)
                                .healthyThresholdCount(2)
                                .unhealthyThresholdCount(3)
                                .matcher(matcher -> matcher.httpCode(WELL))
                                .tags(tags(spec.tags())))
                        .targetGroups()
                        .stream()
                        .findFirst();
            } catch (DuplicateTargetGroupNameException _) {
                // It was made meanwhile, or by a call whose answer was lost.
                return find(spec.name());
            }
        });
    }

    /// @throws OutcomeException something still leads to it
    void remove(Optional<UUID> tenant, String name) {
        var found = find(name);
        if (found.isEmpty() || !tags.areOf(tenant, tagsOf(found.get().targetGroupArn()))) return;
        AwsRefusal.call(AwsCall.DELETE_TARGET_GROUP, () -> {
            try {
                clients.balancers()
                        .deleteTargetGroup(
                                request -> request.targetGroupArn(found.get().targetGroupArn()));
                return true;
            } catch (TargetGroupNotFoundException _) {
                return false;
            } catch (ResourceInUseException _) {
                throw new OutcomeException(
                        new Outcome.NotYet("the load balancer to let go of " + name, Duration.ofSeconds(5)));
            }
        });
    }

    private String shortName(String name) {
        return Identifiers.of(settings.environment() + "-" + name, LONGEST_NAME);
    }

    /// Of a target group or a rule.
    Map<String, String> tagsOf(String arn) {
        return AwsRefusal.call(
                AwsCall.DESCRIBE_BALANCING_TAGS,
                () -> clients.balancers().describeTags(request -> request.resourceArns(arn)).tagDescriptions().stream()
                        .flatMap(described -> described.tags().stream())
                        .collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> other)));
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
