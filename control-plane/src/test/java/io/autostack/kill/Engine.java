package io.autostack.kill;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The Docker engine of this machine, asked past the control plane.
final class Engine implements AutoCloseable {

    /// A web server that stays until it is told to end.
    static final String IMAGE = "autostack-test/kill:1";

    private static final String OURS = "/autostack-kill";
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private final DockerClient client;
    private final Path socket;

    private Engine(DockerClient client, Path socket) {
        this.client = client;
        this.socket = socket;
    }

    /// Empty when none answers at a socket of this machine, or no image can be made for it.
    static Optional<Engine> ofThisMachine() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        var address = config.getDockerHost();
        if (!"unix".equals(address.getScheme()) || !Files.isExecutable(BUSYBOX)) return Optional.empty();
        var client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(address)
                        .connectionTimeout(Duration.ofSeconds(2))
                        .build());
        try {
            client.pingCmd().exec();
        } catch (RuntimeException _) {
            return Optional.empty();
        }
        var engine = new Engine(client, Path.of(address.getPath()));
        engine.provideImage();
        engine.clearAway();
        return Optional.of(engine);
    }

    Path socket() {
        return socket;
    }

    /// What runs for the tenant, or should.
    List<String> containers(String tenant) {
        return client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("io.autostack.tenant", tenant))
                .exec()
                .stream()
                .map(Container::getState)
                .toList();
    }

    /// Names of all that were made for the tenants of these tests.
    List<String> all() {
        return client.listContainersCmd().withShowAll(true).exec().stream()
                .map(container -> container.getNames()[0])
                .filter(name -> name.startsWith(OURS))
                .toList();
    }

    @Override
    public void close() {
        clearAway();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clearAway() {
        var tenants = client.listContainersCmd().withShowAll(true).exec().stream()
                .filter(container -> container.getNames()[0].startsWith(OURS))
                .flatMap(container -> Optional.ofNullable(container.getLabels().get("io.autostack.tenant")).stream())
                .distinct()
                .toList();
        for (var name : all())
            client.removeContainerCmd(name.substring(1)).withForce(true).exec();
        for (var tenant : tenants)
            for (var network : client.listNetworksCmd()
                    .withFilter("label", List.of("io.autostack.tenant=" + tenant))
                    .exec()) client.removeNetworkCmd(network.getId()).exec();
    }

    private void provideImage() {
        try {
            var folder = Files.createTempDirectory("autostack-kill-image");
            Files.copy(BUSYBOX, folder.resolve("busybox"));
            Files.writeString(folder.resolve("Dockerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY index.html /www/index.html
                CMD ["/bin/busybox", "httpd", "-f", "-p", "3000", "-h", "/www"]
                """);
            Files.writeString(folder.resolve("index.html"), "ready");
            client.buildImageCmd(folder.toFile())
                    .withTags(Set.of(IMAGE))
                    .start()
                    .awaitImageId();
            Files.delete(folder.resolve("Dockerfile"));
            Files.delete(folder.resolve("index.html"));
            Files.delete(folder.resolve("busybox"));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
