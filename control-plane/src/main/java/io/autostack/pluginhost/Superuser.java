package io.autostack.pluginhost;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/// Whether this process has all rights on this machine, which is said at start.
@ApplicationScoped
class Superuser {

    static final String COST = "AutoStack runs as root: whoever finds a hole in it owns this machine, its files and its"
            + " network. Plugins are asked as nobody, but everything else has all rights. Run it as a user of its own.";

    private static final Logger LOG = Logger.getLogger(Superuser.class);
    private static final Path SELF = Path.of("/proc/self");

    void say(@Observes StartupEvent started) {
        if (isHere()) LOG.warn(COST);
    }

    /// A root that a user namespace maps to an ordinary user is none.
    static boolean isHere() {
        if (!Files.exists(SELF)) return false;
        try {
            var mapped = Files.readString(SELF.resolve("uid_map")).strip().split("\\s+", 3);
            return Files.getAttribute(SELF, "unix:uid").equals(0) && mapped[0].equals("0") && mapped[1].equals("0");
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self cannot be read", e);
        }
    }
}
