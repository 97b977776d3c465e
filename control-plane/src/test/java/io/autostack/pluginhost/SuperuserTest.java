package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SuperuserTest {

    private static final Logger LOG = Logger.getLogger(Superuser.class.getName());

    @Test
    void s30_that_the_platform_runs_as_root_is_said_at_start_and_only_then() throws IOException {
        var said = new Said();
        LOG.addHandler(said);
        try {
            new Superuser().say(new StartupEvent());
        } finally {
            LOG.removeHandler(said);
        }

        assertThat(said.messages).isEqualTo(isRootOfTheMachine() ? List.of(Superuser.COST) : List.of());
    }

    /// A root that may be anybody, and not one of a user namespace.
    private static boolean isRootOfTheMachine() throws IOException {
        if (!Files.exists(Path.of("/proc/self/uid_map"))) return false;
        var id = new ProcessBuilder("id", "-u").start();
        var map = Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+");
        return new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .strip()
                        .equals("0")
                && List.of(map).equals(List.of("0", "0", "4294967295"));
    }

    private static final class Said extends Handler {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            messages.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
