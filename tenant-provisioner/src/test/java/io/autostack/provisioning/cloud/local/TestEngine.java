package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.postgres.TenantServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// The machine's Docker engine as somebody sees it who has all rights there, with an image of one static program.
final class TestEngine implements AutoCloseable {

    static final String IMAGE = "autostack-test/web:2";

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private static final AtomicBoolean PROVIDED = new AtomicBoolean();

    final DockerClient client;

    TestEngine() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        client = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .build());
    }

    static Containers containers(Optional<Path> databaseSocket) {
        return containers(true, databaseSocket);
    }

    /// As on a machine where no engine is wanted.
    static Containers noContainers() {
        return containers(false, Optional.empty());
    }

    private static Containers containers(boolean wanted, Optional<Path> databaseSocket) {
        return new Containers(
                new TenantServer("jdbc:postgresql://127.0.0.1:5999/postgres", "nobody", "none"),
                InstantSource.system(),
                wanted,
                new ContainerShape(true, databaseSocket),
                AddressRange.parse("10.231.0.0/16"),
                new Engine(null, InstantSource.system()));
    }

    /// A file system with one static program, or the small public image where registries can be reached. Where this
    /// machine has a Perl, it is there as well: it speaks to Unix sockets.
    void provideImage() throws IOException, InterruptedException {
        if (!PROVIDED.compareAndSet(false, true)) return;
        if (!Files.isExecutable(BUSYBOX)) {
            client.pullImageCmd("docker.io/library/busybox:1.37").start().awaitCompletion();
            client.tagImageCmd("docker.io/library/busybox:1.37", "autostack-test/web", "2")
                    .exec();
            return;
        }
        var folder = Files.createDirectories(Path.of("target", "test-image"));
        Files.copy(BUSYBOX, folder.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        var more = new StringBuilder();
        for (var file : perl()) {
            var name = file.getFileName().toString();
            Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            more.append("COPY ").append(name).append(' ').append(file).append('\n');
        }
        Files.writeString(folder.resolve("Dockerfile"), """
            FROM scratch
            COPY busybox /bin/busybox
            COPY busybox /bin/sh
            VOLUME /data
            """ + more);
        client.buildImageCmd(folder.toFile()).withTags(Set.of(IMAGE)).start().awaitImageId();
    }

    /// The program and what it is linked with; nothing where there is none.
    static List<Path> perl() throws IOException, InterruptedException {
        var perl = Path.of("/usr/bin/perl");
        if (!Files.isExecutable(perl)) return List.of();
        var ldd = new ProcessBuilder("ldd", perl.toString()).start();
        var said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ldd.waitFor(10, TimeUnit.SECONDS);
        return Stream.concat(
                        Stream.of(perl),
                        said.lines()
                                .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
                                .filter(word -> word.startsWith("/"))
                                .map(Path::of))
                .toList();
    }

    InspectContainerResponse inspect(String name) {
        return client.inspectContainerCmd(name).exec();
    }

    /// What a program in a container says, on both of its outputs.
    String run(String container, String... command) throws InterruptedException {
        var exec = client.execCreateCmd(container)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(command)
                .exec();
        var said = new StringBuffer();
        client.execStartCmd(exec.getId())
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                })
                .awaitCompletion(60, TimeUnit.SECONDS);
        return said.toString();
    }

    /// To which of the places, each a host and a port, a container gets a connection; all are tried at once.
    List<String> reached(String from, List<String> places) throws InterruptedException {
        var tries = places.stream()
                .map(place ->
                        "(/bin/busybox nc -w 2 " + place + " </dev/null >/dev/null 2>&1 && echo \"" + place + "\") &\n")
                .collect(Collectors.joining());
        return run(from, "/bin/sh", "-c", tries + "wait").lines().sorted().toList();
    }

    static ContainerSpec listening(UUID tenant, String name, boolean published) {
        return new ContainerSpec(
                tenant,
                name,
                IMAGE,
                List.of("/bin/busybox", "httpd", "-f", "-p", "3000", "-h", "/bin"),
                new BigDecimal("0.5"),
                64,
                Replicas.ONE,
                published ? 3000 : 0,
                published ? "/busybox" : null,
                Map.of(),
                Map.of(),
                Map.of());
    }

    static Outcome.Done ensured(Containers containers, ContainerSpec desired) {
        var last = new Outcome[1];
        Awaitility.await("the container runs")
                .atMost(Duration.ofSeconds(60))
                .until(() -> (last[0] = containers.ensure(
                                desired, secret -> Map.of("username", "role", "password", "word", "key", "s3cret")))
                        instanceof Outcome.Done);
        return (Outcome.Done) last[0];
    }

    List<String> networks(UUID tenant) {
        return client.listNetworksCmd().withNameFilter(tenant.toString()).exec().stream()
                .map(network -> network.getName())
                .sorted()
                .toList();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
