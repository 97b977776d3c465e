package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.Replicas;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A service on ECS, with what leads to it, as it has to be.
///
/// @param tenant whose it is; empty for the application that all tenants share
/// @param name of the service, its container and, with the environment's name before it, its task definitions
/// @param command instead of the image's own; empty for the image's own
/// @param port where it listens for HTTP; 0 when it does not
/// @param environment values that may be read by whoever may look at task definitions
/// @param secrets what Secrets Manager fills in: variable → ARN and member, as task definitions name them
/// @param secretsVersion changes with any of the secrets' values, and then tasks are replaced
/// @param host of which requests lead to it; empty when it does not listen
/// @param logGroup where it writes
/// @param taskRole what its tasks may do at AWS; empty for nothing
/// @param rollBack whether ECS returns to the definition before when tasks of a new one do not come up
record ServiceSpec(
        Optional<UUID> tenant,
        String name,
        String image,
        List<String> command,
        FargateSize size,
        Replicas replicas,
        int port,
        Optional<String> healthPath,
        Map<String, String> environment,
        Map<String, String> secrets,
        String secretsVersion,
        Optional<String> host,
        String logGroup,
        Map<String, String> tags,
        Optional<String> taskRole,
        boolean rollBack) {

    ServiceSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
        tags = Map.copyOf(tags);
    }

    boolean listens() {
        return port > 0;
    }

    /// The same for the same wish, and another one for another.
    String fingerprint() {
        var wish = List.of(
                image,
                command,
                size,
                replicas,
                port,
                healthPath,
                new TreeMap<>(environment),
                new TreeMap<>(secrets),
                secretsVersion,
                host,
                taskRole);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(wish.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
