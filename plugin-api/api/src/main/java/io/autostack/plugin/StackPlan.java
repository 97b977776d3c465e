package io.autostack.plugin;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a template wants to be built: components with names of their own, whose references all resolve.
public record StackPlan(List<Component> components) {

    public StackPlan {
        components = List.copyOf(components);
        Require.between("the number of components", components.size(), 1, 50);
        checkReferences(byName(components));
    }

    public static StackPlan of(Component... components) {
        return new StackPlan(List.of(components));
    }

    /// What the platform must be allowed to do for this plan.
    public Set<Permission> permissions() {
        var needed = EnumSet.noneOf(Permission.class);
        for (var component : components) Permission.neededFor(component).ifPresent(needed::add);
        return needed;
    }

    private static Map<String, Component> byName(List<Component> components) {
        var byName = new HashMap<String, Component>();
        for (var component : components)
            if (byName.put(component.name(), component) != null)
                throw new IllegalArgumentException("two components are named \"" + component.name() + "\"");
        return byName;
    }

    private static void checkReferences(Map<String, Component> byName) {
        for (var component : byName.values()) {
            switch (component) {
                case Component.Database database -> {
                    requireField(byName, database.name(), database.credentials(), "username");
                    requireField(byName, database.name(), database.credentials(), "password");
                }
                case Component.Container container ->
                    container.environment().values().forEach(value -> checkValue(byName, container.name(), value));
                case Component.Secret _, Component.ObjectStorage _, Component.Egress _, Component.Logs _ -> {}
            }
        }
    }

    private static void checkValue(Map<String, Component> byName, String asking, Value value) {
        switch (value) {
            case Value.Literal _ -> {}
            case Value.SecretRef(var secret, var field) -> requireField(byName, asking, secret, field);
            case Value.DatabaseUrl(var database) -> {
                if (!(find(byName, database) instanceof Component.Database))
                    throw new IllegalArgumentException("\"" + asking + "\" refers to the database \""
                            + Require.shortened(database) + "\", which is not in the plan");
            }
        }
    }

    private static void requireField(Map<String, Component> byName, String asking, String secret, String field) {
        if (!(find(byName, secret) instanceof Component.Secret found)
                || !found.fields().contains(field))
            throw new IllegalArgumentException("\"" + asking + "\" refers to the field \"" + Require.shortened(field)
                    + "\" of the secret \"" + Require.shortened(secret) + "\", which is not in the plan");
    }

    private static @Nullable Component find(Map<String, Component> byName, String name) {
        return byName.get(name);
    }
}
