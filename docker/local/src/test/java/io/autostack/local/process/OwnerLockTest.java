package io.autostack.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerLockTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("lock");
    }

    @Test
    void nobody_takes_what_somebody_holds() {
        try (var held = OwnerLock.tryTake(file).orElseThrow()) {
            assertThat(OwnerLock.tryTake(file)).isEmpty();
        }
        OwnerLock.tryTake(file).orElseThrow().close();
    }

    @Test
    void who_waits_gets_it_when_it_is_given_back() throws InterruptedException, ExecutionException {
        var held = OwnerLock.tryTake(file).orElseThrow();
        var waits = new CompletableFuture<OwnerLock>();
        var waiting = Thread.ofVirtual().start(() -> waits.complete(OwnerLock.take(file, "go on", LONG)));
        assertThat(waiting.join(Duration.ofMillis(300))).isFalse();
        held.close();
        try (var taken = waits.orTimeout(1, TimeUnit.MINUTES).get()) {
            assertThat(OwnerLock.tryTake(file)).isEmpty();
        }
    }

    @Test
    void who_waits_too_long_hears_for_what() {
        try (var held = OwnerLock.tryTake(file).orElseThrow()) {
            assertThatThrownBy(() -> OwnerLock.take(file, "prepare it", Duration.ZERO))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining("nobody else could prepare it");
        }
    }

    @Test
    void who_is_interrupted_does_not_wait() {
        try (var held = OwnerLock.tryTake(file).orElseThrow()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> OwnerLock.take(file, "prepare it", LONG))
                    .isInstanceOf(StartFailed.class)
                    .hasMessage("interrupted while waiting to prepare it");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
