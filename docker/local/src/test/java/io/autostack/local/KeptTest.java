package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.autostack.local.process.Program;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTest {

    @TempDir
    Path home;

    private final List<String> told = new ArrayList<>();
    private HttpServer health;

    @BeforeEach
    void answer_health_questions() throws IOException {
        health = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        health.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        health.start();
    }

    @AfterEach
    void stop() {
        health.stop(0);
    }

    @Test
    void a_program_that_was_killed_is_started_again() {
        var kept = kept("exec sleep 600", "/");
        kept.start();
        var first = Running.find(home, "worker").orElseThrow();
        try {
            first.process().destroyForcibly();
            first.waitForEnd(Duration.ofSeconds(10));
            watchUntilTold(kept, "was started again");

            assertThat(Running.find(home, "worker"))
                    .map(Running::pid)
                    .isPresent()
                    .isNotEqualTo(first.pid());
        } finally {
            kept.stop();
        }
    }

    @Test
    void a_program_that_dies_on_its_first_start_is_reported_with_what_it_said() {
        health.stop(0);
        var kept = kept("echo cannot read my settings; exit 1", "/");

        assertThatThrownBy(kept::start).isInstanceOf(StartFailed.class).hasMessageContaining("cannot read my settings");
    }

    @Test
    void a_living_program_is_left_alone() {
        var kept = kept("exec sleep 600", "/");
        kept.start();
        try {
            kept.watch();

            assertThat(told).isEmpty();
        } finally {
            kept.stop();
        }
    }

    private Kept kept(String script, String path) {
        var program = new Program("worker", "http://localhost", List.of("sh", "-c", script), Map.of(), home);
        return new Kept(
                program, URI.create("http://127.0.0.1:" + health.getAddress().getPort() + path), told::add);
    }

    private void watchUntilTold(Kept kept, String part) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (told.stream().noneMatch(line -> line.contains(part)) && System.nanoTime() < end) {
            kept.watch();
            Kept.sleep(Duration.ofMillis(20));
        }
    }
}
