package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.Replicas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.ValidationException;

/// How many tasks of a service run, between its bounds: added where the platform's thresholds begin to warn, taken away
/// slowly.
@ApplicationScoped
class ServiceScaling {

    /// In percent (spec of operations, alert thresholds).
    private static final Map<MetricType, Double> TARGETS = Map.of(
            MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, 70.0,
            MetricType.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION, 75.0);

    private static final int OUT_SECONDS = 60;
    private static final int IN_SECONDS = 300;

    private final AwsClients clients;
    private final AwsSettings settings;

    @Inject
    ServiceScaling(AwsClients clients, AwsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /// @param now how many tasks are wanted at the moment: a bound below would take away what load has added
    void ensure(String service, Replicas replicas, int now) {
        AwsRefusal.call(
                AwsCall.REGISTER_SCALABLE_TARGET,
                () -> clients.scaling()
                        .registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                                .resourceId(resource(service))
                                .minCapacity(replicas.min())
                                .maxCapacity(Math.max(replicas.max(), now))));
        TARGETS.forEach((metric, percent) -> AwsRefusal.call(
                AwsCall.PUT_SCALING_POLICY,
                () -> clients.scaling()
                        .putScalingPolicy(request -> request.policyName(metric.toString())
                                .policyType(PolicyType.TARGET_TRACKING_SCALING)
                                .serviceNamespace(ServiceNamespace.ECS)
                                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                                .resourceId(resource(service))
                                .targetTrackingScalingPolicyConfiguration(tracking -> tracking.targetValue(percent)
                                        .scaleOutCooldown(OUT_SECONDS)
                                        .scaleInCooldown(IN_SECONDS)
                                        .predefinedMetricSpecification(
                                                predefined -> predefined.predefinedMetricType(metric))))));
    }

    void remove(String service) {
        AwsRefusal.call(AwsCall.DEREGISTER_SCALABLE_TARGET, () -> {
            try {
                clients.scaling()
                        .deregisterScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                                .resourceId(resource(service)));
            } catch (ObjectNotFoundException _) {
                return false;
            } catch (ValidationException e) {
                // What AWS documents is the other one; emulators say it so.
                if (!AwsRefusal.words(e).startsWith("No scalable target")) throw e;
                return false;
            }
            return true;
        });
    }

    private String resource(String service) {
        return "service/" + settings.environment() + "/" + service;
    }
}
