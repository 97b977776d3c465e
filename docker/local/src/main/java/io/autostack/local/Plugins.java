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

/// `plugin`: asks a plugin jar as the platform would, or hands it in for publishing.
final class Plugins {

    private Plugins() {}

    static int answer(Arguments arguments, ControlPlane controlPlane, Consumer<String> say) {
        var verb = arguments.next("verify or publish");
        if (!verb.equals("verify") && !verb.equals("publish"))
            throw new Arguments.Wrong("plugin knows verify and publish, not " + verb);
        var jar = Path.of(arguments.next("the plugin's jar")).toAbsolutePath();
        arguments.nothingElse();
        if (!Files.isRegularFile(jar)) throw new StartFailed("there is no file " + jar);
        return verb.equals("verify") ? verify(jar, say) : publish(jar, controlPlane, say);
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
