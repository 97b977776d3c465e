package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.cloud.SecretStage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A secret as Secrets Manager describes it.
///
/// @param tenant whose it is; empty when it is a stranger's
/// @param deleted whether it is scheduled for deletion, and refuses everything but being restored
/// @param arn its full name, by which task definitions refer to it
/// @param changed when its value did last
/// @param stages the version that carries each label
record SecretVersions(Optional<UUID> tenant, boolean deleted, String arn, Instant changed, Map<String, String> stages) {

    static final String PENDING = "AWSPENDING";
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    static SecretVersions of(
            Optional<UUID> tenant, boolean deleted, String arn, Instant changed, Map<String, List<String>> labels) {
        var stages = new HashMap<String, String>();
        labels.forEach((version, all) -> all.forEach(label -> stages.put(label, version)));
        return new SecretVersions(tenant, deleted, arn, changed, Map.copyOf(stages));
    }

    static String label(SecretStage stage) {
        return switch (stage) {
            case PENDING -> PENDING;
            case CURRENT -> CURRENT;
            case PREVIOUS -> PREVIOUS;
        };
    }

    Optional<String> version(String label) {
        return Optional.ofNullable(stages.get(label));
    }

    boolean has(String label, String version) {
        return version(label).equals(Optional.of(version));
    }

    boolean isOf(UUID owner) {
        return tenant.equals(Optional.of(owner));
    }
}
