package io.autostack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.cloud.ServerSpec;
import java.util.List;

/// What versions before this one did not write down, with the value that it stood for. Until those cannot be upgraded
/// from any more.
final class EarlierFields {

    private static final String SERVER = "server";

    /// Of a tenant's subject and of a database: both say where a database is, and before said nothing about what that
    /// server is like.
    private static final List<List<String>> WITH_A_SERVER = List.of(
            List.of("tenant", "slug", "database", "secret", "placement", "requestedBy"),
            List.of("tenant", "name", "secret", "baseline", "placement"));

    private static final String REPLICAS = "replicas";

    /// Of a stack: one copy of it was made, whatever its plan said.
    private static final List<String> A_CONTAINER =
            List.of("name", "image", "command", "vcpu", "memoryMb", "port", "environment");

    private EarlierFields() {}

    /// The same request, changed in place.
    static JsonNode filledIn(JsonNode request, ObjectMapper json) {
        if (request instanceof ObjectNode object
                && !object.has(SERVER)
                && WITH_A_SERVER.stream().anyMatch(fields -> fields.stream().allMatch(object::has)))
            object.set(SERVER, json.valueToTree(ServerSpec.POC));
        if (request instanceof ObjectNode object
                && !object.has(REPLICAS)
                && A_CONTAINER.stream().allMatch(object::has)) object.set(REPLICAS, json.valueToTree(Replicas.ONE));
        request.forEach(inner -> filledIn(inner, json));
        return request;
    }
}
