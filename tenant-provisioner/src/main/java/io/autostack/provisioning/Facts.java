package io.autostack.provisioning;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an operation was asked for and what its steps have learned since: flat names and texts, kept as JSON.
public record Facts(Map<String, String> values) {

    public Facts {
        values = Map.copyOf(values);
    }

    public static Facts of(Map<String, String> values) {
        return new Facts(values);
    }

    /// @throws IllegalStateException when no step has learned it and nobody asked for it
    public String get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("the operation knows no " + name));
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
