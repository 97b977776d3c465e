package io.autostack.local;

import io.autostack.local.process.Command;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `plugin`: asks a plugin jar as the platform would, or hands it in for publishing.
@CommandLine.Command(name = "plugin", description = "Template plugins.", synopsisSubcommandLabel = "verify|publish")
final class Plugins {

    private final ControlPlane controlPlane;
    private final Consumer<String> say;

    Plugins(ControlPlane controlPlane, Consumer<String> say) {
        this.controlPlane = controlPlane;
        this.say = say;
    }

    @CommandLine.Command(name = "verify", description = "Asks a plugin jar as the platform would.")
    int verify(@Parameters(paramLabel = "FILE.jar") Path jar) {
        return verify(existing(jar), say);
    }

    @CommandLine.Command(name = "publish", description = "Hands a plugin jar in for publishing.")
    int publish(@Parameters(paramLabel = "FILE.jar") Path jar) {
        return publish(existing(jar), controlPlane, say);
    }

    private static Path existing(Path jar) {
        var file = jar.toAbsolutePath();
        if (!Files.isRegularFile(file)) throw new StartFailed("there is no file " + file);
        return file;
    }

    /// Asked by the control plane's own classes, so that cage, limits and verdict are those of the server.
    /// Nothing of this installation is in reach: the environment is empty, and the platform need not run.
    private static int verify(Path jar, Consumer<String> say) {
        var repository = Repository.find();
        var runner = repository
                .pluginRunner()
                .orElseThrow(() -> new StartFailed("the plugin runner is not built: ./mvnw -Dquick package"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = List.of(
                "env",
                "-i",
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                repository.controlPlaneClasses(),
                "io.autostack.pluginhost.Verify",
                runner.toString(),
                jar.toString());
        var result = new Command(words, Map.of()).run(Duration.ofMinutes(2));
        say.accept(result.output().strip());
        return result.succeeded() ? 0 : 1;
    }

    private static int publish(Path jar, ControlPlane controlPlane, Consumer<String> say) {
        var boundary = "autostack-" + UUID.randomUUID();
        try {
            var body = BodyPublishers.concat(
                    BodyPublishers.ofString(
                            "--" + boundary + "\r\nContent-Disposition: form-data; name=\"jar\"; filename=\""
                                    + jar.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_")
                                    + "\"\r\nContent-Type: application/java-archive\r\n\r\n"),
                    BodyPublishers.ofFile(jar),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.UTF_8));
            var response = controlPlane.send(controlPlane
                    .request("/plugins")
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(body)
                    .build());
            say.accept("Handed in. The verification report: "
                    + response.headers().firstValue("Location").orElse("(no address given)"));
            if (!response.body().isBlank()) say.accept(response.body());
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
