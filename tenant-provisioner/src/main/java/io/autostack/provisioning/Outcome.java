package io.autostack.provisioning;

import java.time.Duration;
import java.util.Map;

/// What a step found when it looked, and built if it had to.
public sealed interface Outcome {

    /// In the evidence of a removal: what was not removed, because it belongs to somebody else.
    String LEFT_ALONE = "left alone";

    /// It is there.
    ///
    /// @param evidence what a person can check: ids, endpoints; never a secret's value
    /// @param learned facts for the steps that follow and for the owner
    /// @param simulated true when nothing real stands behind it
    record Done(Map<String, String> evidence, Map<String, String> learned, boolean simulated) implements Outcome {
        public Done {
            evidence = Map.copyOf(evidence);
            learned = Map.copyOf(learned);
        }
    }

    /// It is on its way; ask again later. No thread waits.
    ///
    /// @param learned what is known already and must not be forgotten while it is waited for
    record NotYet(String waitingFor, Duration askAgainIn, Map<String, String> learned) implements Outcome {
        public NotYet {
            learned = Map.copyOf(learned);
        }

        public NotYet(String waitingFor, Duration askAgainIn) {
            this(waitingFor, askAgainIn, Map.of());
        }
    }

    /// It cannot be had.
    ///
    /// @param reason a sentence for the user that says what to do next
    record Failed(String reason) implements Outcome {}

    static Done done(Map<String, String> evidence) {
        return new Done(evidence, Map.of(), false);
    }
}
