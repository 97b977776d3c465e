package io.autostack.provisioning;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the steps of an operation have learned: flat names and texts, kept as JSON.
public record Facts(Map<String, String> values) {

    public Facts {
        values = Map.copyOf(values);
    }

    public static Facts of(Map<String, String> values) {
        return new Facts(values);
    }

    /// @throws IllegalStateException when no step has learned it
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("no step has learned " + name));
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Facts plus(Map<String, String> learned) {
        var all = new TreeMap<>(values);
        all.putAll(learned);
        return new Facts(all);
    }
}
