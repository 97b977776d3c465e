package io.autostack.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;

/// Ends that a story waits for.
final class Awaited {

    private static final Duration MAX = Duration.ofMinutes(3);

    private Awaited() {}

    /// The operation ends, and ends well.
    static void done(Product product, String operation) {
        Awaitility.await("operation " + operation + " ends")
                .atMost(MAX)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> state(product, operation), state -> state.equals("done") || state.equals("failed"));
        assertThat(state(product, operation)).as("operation " + operation).isEqualTo("done");
    }

    private static String state(Product product, String operation) {
        return product.api()
                .get("/operations/" + operation)
                .then()
                .statusCode(200)
                .extract()
                .path("state");
    }
}
