package io.autostack.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What ECS does over time and the emulator does not: deployments that take a while, that fail when their image does
/// not
/// start and go back to what ran before, and services that end slowly. No container runs.
final class EcsAnswers {

    /// An image with this in its name does not start.
    static final String BROKEN = "broken";

    /// Tasks of one with this in its name are never placed.
    static final String STUCK = "stuck";

    private static final int OK = 200;
    private static final int FAILURES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Running> services = new HashMap<>();
    private final Map<String, String> images = new HashMap<>();
    private int number;

    /// @param left how many times it says that it is on its way
    private static final class Deploying {

        private final String id;
        private final String definition;
        private int left = 1;
        private String state = "IN_PROGRESS";

        Deploying(String id, String definition) {
            this.id = id;
            this.definition = definition;
        }
    }

    private static final class Running {

        private final List<Deploying> deployments = new ArrayList<>();
        private boolean rollBack;
        private int wanted;
        private int ending;

        Deploying primary() {
            return deployments.getLast();
        }
    }

    /// Whether the call is one of ECS's.
    static boolean isTheirs(String target) {
        return target.startsWith("AmazonEC2ContainerServiceV");
    }

    /// @return the answer with what time has done
    synchronized String after(String call, String given, HttpResponse<String> answer) {
        if (answer.statusCode() != OK) return answer.body();
        try {
            return JSON.writeValueAsString(changed(call, JSON.readTree(given), JSON.readTree(answer.body())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode changed(String call, JsonNode given, JsonNode answer) {
        switch (call) {
            case "RegisterTaskDefinition" ->
                images.put(
                        answer.at("/taskDefinition/taskDefinitionArn").asText(),
                        answer.at("/taskDefinition/containerDefinitions/0/image")
                                .asText());
            case "CreateService" -> {
                var service = new Running();
                service.rollBack = given.at("/deploymentConfiguration/deploymentCircuitBreaker/rollback")
                        .asBoolean();
                service.wanted = given.path("desiredCount").asInt();
                service.deployments.add(begun(given.path("taskDefinition").asText()));
                services.put(given.path("serviceName").asText(), service);
                describe(answer.path("service"));
            }
            case "UpdateService" -> {
                var service = service(given.path("service"));
                service.wanted = given.path("desiredCount").asInt(service.wanted);
                var definition = given.path("taskDefinition").asText(service.primary().definition);
                if (given.path("forceNewDeployment").asBoolean() || !definition.equals(service.primary().definition))
                    service.deployments.add(begun(definition));
                describe(answer.path("service"));
            }
            case "DeleteService" -> {
                service(given.path("service")).ending = 1;
                describe(answer.path("service"));
            }
            case "DescribeServices" ->
                answer.path("services").forEach(service -> {
                    goOn(service(service.path("serviceName")));
                    describe(service);
                });
            case "ListTasks" -> stopped(given, (ObjectNode) answer);
            case "DescribeTasks" -> explained(given, (ObjectNode) answer);
            default -> {}
        }
        return answer;
    }

    private Running service(JsonNode name) {
        return requireNonNull(services.get(name.asText()));
    }

    private Deploying begun(String definition) {
        return new Deploying("ecs-svc/" + ++number, definition);
    }

    private void goOn(Running service) {
        var primary = service.primary();
        var image = images.getOrDefault(primary.definition, "");
        if (!primary.state.equals("IN_PROGRESS") || primary.left-- > 0) return;
        if (service.wanted > 0 && image.contains(STUCK)) return;
        if (service.wanted == 0 || !image.contains(BROKEN)) {
            primary.state = "COMPLETED";
            service.deployments.removeIf(other -> other != primary);
        } else if (service.rollBack && service.deployments.size() > 1) {
            // As stable as ever, with another deployment of what ran before.
            var back = begun(service.deployments.getFirst().definition);
            back.state = "COMPLETED";
            service.deployments.clear();
            service.deployments.add(back);
        } else primary.state = "FAILED";
    }

    private void describe(JsonNode described) {
        var json = (ObjectNode) described;
        var service = services.get(json.path("serviceName").asText());
        if (service == null) return;
        var primary = service.primary();
        json.put("desiredCount", service.wanted);
        json.put("taskDefinition", primary.definition);
        if (service.ending-- > 0) json.put("status", "DRAINING");
        json.set("deployments", deployments(service));
    }

    private static ArrayNode deployments(Running service) {
        var all = JSON.createArrayNode();
        for (var deployment : service.deployments.reversed()) {
            var well = deployment.state.equals("COMPLETED");
            all.addObject()
                    .put("id", deployment.id)
                    .put("status", deployment == service.primary() ? "PRIMARY" : "ACTIVE")
                    .put("taskDefinition", deployment.definition)
                    .put("desiredCount", service.wanted)
                    .put("runningCount", well ? service.wanted : 0)
                    .put("pendingCount", well ? 0 : service.wanted)
                    .put("failedTasks", deployment.state.equals("FAILED") ? FAILURES : 0)
                    .put("rolloutState", deployment.state)
                    .put("rolloutStateReason", "ECS deployment " + deployment.id + " " + deployment.state);
        }
        return all;
    }

    private void stopped(JsonNode given, ObjectNode answer) {
        var service = given.path("serviceName").asText();
        if (given.path("desiredStatus").asText().equals("STOPPED") && services.containsKey(service))
            answer.putArray("taskArns").add("arn:aws:ecs:us-east-1:123456789012:task/autostack-test/" + service);
    }

    private static void explained(JsonNode given, ObjectNode answer) {
        answer.putArray("failures");
        answer.putArray("tasks")
                .addObject()
                .put("taskArn", given.at("/tasks/0").asText())
                .put("lastStatus", "STOPPED")
                .put(
                        "stoppedReason",
                        "CannotPullContainerError: pull image manifest has been retried 5 time(s): not found")
                .putArray("containers")
                .addObject()
                .put("exitCode", 1);
    }
}
