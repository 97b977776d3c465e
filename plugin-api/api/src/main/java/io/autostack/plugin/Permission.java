package io.autostack.plugin;

import java.util.Optional;

/// What a template may ask the platform for. A plan that needs more than its template declared is refused.
public enum Permission {
    DATABASE("Create a database"),
    CONTAINER("Run containers"),
    SECRET("Generate secrets and hand them to its containers"),
    OBJECT_STORAGE("Create object storage"),
    INTERNET("Send traffic to the internet");

    private final String title;

    Permission(String title) {
        this.title = title;
    }

    /// A short phrase for the person who approves the plan.
    public String title() {
        return title;
    }

    static Optional<Permission> neededFor(Component component) {
        return switch (component) {
            case Component.Database _ -> Optional.of(DATABASE);
            case Component.Container _ -> Optional.of(CONTAINER);
            case Component.Secret _ -> Optional.of(SECRET);
            case Component.ObjectStorage _ -> Optional.of(OBJECT_STORAGE);
            case Component.Egress _ -> Optional.of(INTERNET);
            case Component.Logs _ -> Optional.empty();
        };
    }
}
