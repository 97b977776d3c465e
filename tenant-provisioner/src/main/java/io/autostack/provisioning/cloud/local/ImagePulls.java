package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.autostack.provisioning.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Images that the engine is to have. A pull takes as long as a registry wants, so that no worker waits for one: it is
/// asked again whether it has come.
final class ImagePulls implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ImagePulls.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final int AT_ONCE = 2;
    private static final int MAX_MINUTES = 15;

    private final Engine engine;
    private final Map<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("docker-pull-", 0).factory());

    ImagePulls(Engine engine) {
        this.engine = engine;
    }

    /// @return empty when the image is there
    Optional<Outcome> ensure(String image) {
        if (isThere(image)) return Optional.empty();
        var pull = underWay.computeIfAbsent(image, name -> CompletableFuture.supplyAsync(() -> pull(name), threads));
        if (!pull.isDone()) return Optional.of(new Outcome.NotYet("the image " + image, ASK_AGAIN));
        underWay.remove(image, pull);
        return pull.getNow(false) && isThere(image)
                ? Optional.empty()
                : Optional.of(new Outcome.Failed("The image " + image
                        + " is not on this machine and could not be pulled. Load it into the Docker engine, then"
                        + " retry."));
    }

    private boolean isThere(String image) {
        try {
            engine.ask("image:" + image, client -> client.inspectImageCmd(image).exec());
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private boolean pull(String image) {
        LOG.infof("pulling the image %s", image);
        try (var pull = engine.unhurried().pullImageCmd(image).start()) {
            return pull.awaitCompletion(MAX_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (DockerException | java.io.IOException e) {
            LOG.warnf("the image %s could not be pulled: %s", image, e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
