package io.autostack.shared;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// Time-ordered identifiers (RFC 9562 §5.7), so that new rows land at the end of an index.
public final class UuidV7 {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();

    private UuidV7() {}

    public static UUID next() {
        long random = RANDOM.nextLong();
        long high = (CLOCK.millis() << 16) | 0x7000 | (random >>> 52);
        long low = (random & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
