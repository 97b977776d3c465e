package io.autostack.testing.aws;

import io.autostack.local.process.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// `moto_server` on loopback, empty at the beginning.
final class Moto implements AutoCloseable {

    private static final String PROGRAM = "moto_server";

    private final Process process;
    private final URI address;

    private Moto(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /// Empty when this machine has none.
    static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Moto start(Path program) {
        int port = Ports.free();
        try {
            var process = new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/moto.log").toFile())
                    .start();
            var moto = new Moto(process, URI.create("http://127.0.0.1:" + port));
            Awaitility.await("moto_server").atMost(Duration.ofSeconds(60)).until(moto::answers);
            return moto;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) throw new IllegalStateException("moto_server ended: see target/moto.log");
        try (var client = HttpClient.newHttpClient()) {
            var page = HttpRequest.newBuilder(address.resolve("/moto-api/")).build();
            return client.send(page, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
