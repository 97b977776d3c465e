package io.autostack.provisioning.cloud.aws;

import java.util.Set;

/// What the status of an instance allows, in the words of RDS ("Viewing DB instance status", RDS user guide).
enum InstanceStatus {
    /// Takes sessions and changes.
    READY,
    /// Takes sessions; a change has to wait.
    BUSY,
    /// Takes no sessions yet, and will by itself.
    COMING,
    /// Takes no sessions until somebody starts it.
    STOPPED,
    /// On its way out.
    GOING,
    /// Takes no sessions until somebody mends it.
    BROKEN;

    private static final Set<String> CHANGING = Set.of(
            "backing-up",
            "modifying",
            "storage-optimization",
            "storage-full",
            "storage-config-upgrade",
            "storage-initialization",
            "configuring-enhanced-monitoring",
            "configuring-iam-database-auth",
            "configuring-log-exports");

    private static final Set<String> FAILED = Set.of(
            "failed",
            "inaccessible-encryption-credentials",
            "inaccessible-encryption-credentials-recoverable",
            "insufficient-capacity",
            "restore-error");

    static InstanceStatus of(String word) {
        if (word.equals("available")) return READY;
        if (CHANGING.contains(word)) return BUSY;
        if (word.equals("stopped")) return STOPPED;
        if (word.equals("deleting")) return GOING;
        return FAILED.contains(word) || word.startsWith("incompatible-") ? BROKEN : COMING;
    }

    boolean takesSessions() {
        return this == READY || this == BUSY;
    }
}
