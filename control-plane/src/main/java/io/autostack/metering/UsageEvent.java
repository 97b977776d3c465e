package io.autostack.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/// A measured fact that is good to be counted.
///
/// @param dimensions a JSON object
record UsageEvent(
        UUID tenant, String source, String id, String meter, BigDecimal quantity, Instant at, String dimensions) {

    /// What makes an event the same as another one.
    record Key(UUID tenant, String source, String id) {}

    Key key() {
        return new Key(tenant, source, id);
    }
}
