package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.cloud.Sizing;
import java.time.Duration;
import java.util.Map;

/// The size of a database as it stands among the facts of an operation.
final class SizingFacts {

    private static final String CONNECTIONS = "connections";
    private static final String STATEMENT_TIMEOUT = "statementTimeout";

    private SizingFacts() {}

    static Map<String, String> of(Sizing sizing) {
        return of("", sizing);
    }

    static Sizing read(Facts facts) {
        return read("", facts);
    }

    /// @param prefix tells two sizes of one operation apart
    static Map<String, String> of(String prefix, Sizing sizing) {
        return Map.of(
                prefix + CONNECTIONS,
                Integer.toString(sizing.connections()),
                prefix + STATEMENT_TIMEOUT,
                Long.toString(sizing.statementTimeout().toSeconds()));
    }

    static Sizing read(String prefix, Facts facts) {
        return new Sizing(
                Integer.parseInt(facts.get(prefix + CONNECTIONS)),
                Duration.ofSeconds(Long.parseLong(facts.get(prefix + STATEMENT_TIMEOUT))));
    }
}
