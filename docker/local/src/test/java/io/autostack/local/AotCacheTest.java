package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.autostack.local.process.Command;
import io.autostack.local.process.OwnerLock;
import io.autostack.local.process.Program;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    /// Fails where the cache cannot be used, instead of going on without.
    private static final String INSIST = "-XX:AOTMode=on";

    @TempDir
    static Path target;

    private static AotCache cache;

    @BeforeAll
    static void a_trained_application() throws IOException {
        cache = application(target, AnsweringApplication.class);
        assertThat(cache.train()).isTrue();
    }

    @Test
    void a_start_uses_what_a_training_run_left() {
        assertThat(start(INSIST)).returns(0, Command.Result::exit);
    }

    @Test
    void nothing_of_the_training_run_is_left_but_the_cache() throws IOException {
        try (var left = Files.list(target.resolve("aot"))) {
            assertThat(left.map(file -> file.getFileName().toString().replaceAll("[0-9a-f]{16}", "FINGERPRINT")))
                    .containsExactlyInAnyOrder("FINGERPRINT.aot", "lock");
        }
    }

    @Test
    void another_build_needs_another_cache() throws IOException {
        var jar = target.resolve("quarkus-app/quarkus-run.jar");
        var time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
        try {
            assertThat(cache.isTrained()).isFalse();
            assertThat(cache.options()).isEmpty();
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    @Test
    void a_cache_that_the_jvm_cannot_use_does_not_keep_it_from_starting() throws IOException {
        var file = Path.of(cache.options().getFirst().replace("-XX:AOTCache=", ""));
        var whole = Files.readAllBytes(file);
        var half = Arrays.copyOf(whole, whole.length / 2);
        try {
            for (var damaged : List.of(half, "no cache at all".getBytes(StandardCharsets.UTF_8), new byte[0])) {
                Files.write(file, damaged);

                assertThat(start()).returns(0, Command.Result::exit);
                assertThat(start(INSIST).exit()).isNotZero();
            }
        } finally {
            Files.write(file, whole);
        }
    }

    @Test
    void while_another_process_trains_a_start_goes_without(@TempDir Path elsewhere) throws IOException {
        var untrained = application(elsewhere, AnsweringApplication.class);
        Files.createDirectories(elsewhere.resolve("aot"));
        try (var other = OwnerLock.tryTake(elsewhere.resolve("aot/lock")).orElseThrow()) {
            assertThat(other).isNotNull();
            assertThat(untrained.train()).isFalse();
        }
        assertThat(untrained.options()).isEmpty();
    }

    @Test
    void an_application_that_ends_early_is_reported_with_what_it_said(@TempDir Path elsewhere) throws IOException {
        var failing = application(elsewhere, FailingApplication.class);
        var cacheOfAnEarlierBuild =
                Files.createDirectories(elsewhere.resolve("aot")).resolve("0123456789abcdef.aot");
        Files.createFile(cacheOfAnEarlierBuild);

        assertThatThrownBy(failing::train)
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("cannot read my settings");
        assertThat(failing.options()).isEmpty();
        assertThat(cacheOfAnEarlierBuild).doesNotExist();
    }

    @Test
    void what_a_killed_training_run_left_is_ended_and_removed(@TempDir Path elsewhere) throws IOException {
        var cache = application(elsewhere, AnsweringApplication.class);
        var home = Files.createDirectories(elsewhere.resolve("aot/training"));
        var left = new Program("control-plane", "", List.of("sleep", "600"), Map.of(), home).start();

        cache.clearAway();

        assertThat(left.alive()).isFalse();
        assertThat(home).doesNotExist();
    }

    private static AotCache application(Path target, Class<?> main) throws IOException {
        var folder = Files.createDirectories(target.resolve("quarkus-app"));
        jar(folder.resolve("quarkus-run.jar"), main);
        return new AotCache(folder);
    }

    /// Starts the application, which ends by itself when it is asked to answer nothing.
    private static Command.Result start(String... options) {
        var words = new ArrayList<>(Jvm.controlPlane());
        words.addAll(cache.options());
        words.addAll(List.of(options));
        words.addAll(
                List.of("-jar", target.resolve("quarkus-app/quarkus-run.jar").toString(), "end"));
        return new Command(words, Map.of()).run(Duration.ofSeconds(60));
    }

    private static void jar(Path file, Class<?> application) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, application.getName());
        var entry = application.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var classFile = application.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            if (classFile == null) throw new IOException(entry + " is not there");
            classFile.transferTo(jar);
        }
    }

    /// Says yes to every question, as long as nobody ends it.
    static final class AnsweringApplication {

        private AnsweringApplication() {}

        public static void main(String[] arguments) throws IOException {
            if (arguments.length > 0) return;
            var server = HttpServer.create(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"))),
                    0);
            server.createContext("/").setHandler(exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }
    }

    static final class FailingApplication {

        private FailingApplication() {}

        public static void main(String[] arguments) {
            System.out.println("cannot read my settings");
            System.exit(1);
        }
    }
}
