package io.autostack.provisioning.cloud;

import java.util.Locale;

/// Where a version of a secret is in its life; each stage has one version at the most.
public enum SecretStage {
    /// Waits to be promoted; nobody is given it.
    PENDING,
    /// What everybody who asks is given.
    CURRENT,
    /// Was current; goes on working until it is retired.
    PREVIOUS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
