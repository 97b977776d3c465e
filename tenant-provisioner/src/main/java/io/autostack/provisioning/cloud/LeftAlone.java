package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a removal did not touch, because it belongs to somebody else. It is no reason to fail: what was to be removed
/// is not there.
public final class LeftAlone {

    private final List<String> names = new ArrayList<>();

    /// The answer about one thing.
    public static Outcome one(String what, String name) {
        var one = new LeftAlone();
        one.add(what, name);
        return one.done(Map.of());
    }

    /// @param what a word for people, as `role`
    public void add(String what, String name) {
        names.add(what + " " + name);
    }

    /// @param removed what is said about the rest
    public Outcome done(Map<String, String> removed) {
        var evidence = new HashMap<>(removed);
        if (!names.isEmpty())
            evidence.put(
                    Outcome.LEFT_ALONE,
                    String.join(" and ", names) + (names.size() == 1 ? " belongs" : " belong") + " to somebody else");
        return Outcome.done(evidence);
    }
}
