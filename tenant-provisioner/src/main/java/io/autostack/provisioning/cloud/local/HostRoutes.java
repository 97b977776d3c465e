package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.local.AddressRange.Subnet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Networks that this machine has a way to, as the kernel lists them. The engine checks its own networks only.
final class HostRoutes {

    private static final Logger LOG = Logger.getLogger(HostRoutes.class);
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final int DESTINATION = 1;
    private static final int MASK = 7;

    private HostRoutes() {}

    /// Those that lie in it. A wider one, such as the default route, takes nothing away: the closer route wins.
    static List<Subnet> inside(Subnet range) {
        if (!Files.isReadable(ROUTES)) return List.of();
        try {
            return Files.readAllLines(ROUTES, StandardCharsets.US_ASCII).stream()
                    .skip(1)
                    .flatMap(line -> route(line).stream())
                    .filter(route -> route.bits() >= range.bits() && route.overlaps(range))
                    .toList();
        } catch (IOException e) {
            LOG.warnf("the routes of this machine cannot be read: %s", e.getMessage());
            return List.of();
        }
    }

    /// Both numbers are written in the order of the machine's bytes.
    static Optional<Subnet> route(String line) {
        var words = line.strip().split("\\s+");
        if (words.length <= MASK) return Optional.empty();
        int first = Integer.reverseBytes(Integer.parseUnsignedInt(words[DESTINATION], 16));
        int mask = Integer.reverseBytes(Integer.parseUnsignedInt(words[MASK], 16));
        return Optional.of(new Subnet(first, Integer.bitCount(mask)));
    }
}
