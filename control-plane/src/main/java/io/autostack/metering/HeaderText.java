package io.autostack.metering;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Texts that travel in headers (CloudEvents HTTP binding §3.1.3.2): percent-encoded, a plus sign is a plus sign.
final class HeaderText {

    private HeaderText() {}

    static @Nullable String decoded(@Nullable String header) {
        if (header == null || header.indexOf('%') < 0) return header;
        try {
            return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return header;
        }
    }
}
