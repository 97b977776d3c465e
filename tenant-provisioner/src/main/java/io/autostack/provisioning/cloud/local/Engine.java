package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The machine's Docker engine, which may hang: it is asked on threads of its own, each question once at a time, and
/// who asks waits a moment at the most. Whether it answers is asked in the background and remembered with its age.
final class Engine implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration TO_CONNECT = Duration.ofSeconds(1);
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);
    private static final Duration TO_CHANGE = Duration.ofSeconds(20);
    private static final Duration PULSE_HOLDS = Duration.ofSeconds(10);
    private static final int QUESTIONS_AT_ONCE = 6;
    private static final int CHANGES_AT_ONCE = 3;
    private static final int ENOUGH_OF_AN_ERROR = 300;

    private final DockerClientConfig address;
    private final InstantSource clock;
    private final Client questions = new Client(TO_ANSWER);
    private final Client changes = new Client(TO_CHANGE);
    private final TimeLimiter toAnswer = new TimeLimiter("docker-question", TO_ANSWER, QUESTIONS_AT_ONCE);
    private final TimeLimiter toChange = new TimeLimiter("docker-change", TO_CHANGE, CHANGES_AT_ONCE);
    private volatile @Nullable Pulse pulse;

    /// @param host address of the engine; null for the usual one, or what `DOCKER_HOST` says
    Engine(@Nullable String host, InstantSource clock) {
        var settings = DefaultDockerClientConfig.createDefaultConfigBuilder();
        this.address = (host == null ? settings : settings.withDockerHost(host).withDockerTlsVerify(false)).build();
        this.clock = clock;
    }

    /// Made when it is first needed: that takes long enough to be seen in each start, and many need none.
    private final class Client implements AutoCloseable {

        private final Duration patience;
        private @Nullable DockerClient made;

        Client(Duration patience) {
            this.patience = patience;
        }

        synchronized DockerClient get() {
            var known = made;
            if (known == null) made = known = make();
            return known;
        }

        private DockerClient make() {
            return DockerClientImpl.getInstance(
                    address,
                    new BoundedAnswers(new ZerodepDockerHttpClient.Builder()
                            .dockerHost(address.getDockerHost())
                            .sslConfig(address.getSSLConfig())
                            .connectionTimeout(TO_CONNECT)
                            .responseTimeout(patience)
                            .build()));
        }

        @Override
        public synchronized void close() throws IOException {
            if (made != null) made.close();
        }
    }

    /// What is known about the engine.
    ///
    /// @param version empty when it never answered
    /// @param heard when it answered last, or was asked first
    record Pulse(Instant asked, State state, String version, Instant heard) {

        enum State {
            ANSWERS,
            /// It is there, or was, and does not answer.
            SILENT,
            /// Nobody ever listened at its address.
            ABSENT
        }

        boolean answers() {
            return state == State.ANSWERS;
        }
    }

    /// Asks beforehand, for who will want to know soon.
    void listen() {
        Thread.ofVirtual().name("docker-pulse").start(this::feel);
    }

    /// What was heard last. Only who is the first to ask waits, and not for long.
    Pulse lastPulse() {
        var known = pulse;
        if (known == null) return feel().join();
        if (isOld(known)) listen();
        return known;
    }

    /// What is so now, for who is about to rely on it.
    Pulse pulse() {
        var known = pulse;
        return known == null || isOld(known) ? feel().join() : known;
    }

    private boolean isOld(Pulse known) {
        return known.asked().plus(PULSE_HOLDS).isBefore(clock.instant());
    }

    private CompletableFuture<Pulse> feel() {
        DockerClient client;
        try {
            // Before the time runs: an engine is not late because making a client took its time.
            client = questions.get();
        } catch (RuntimeException e) {
            LOG.warnf("no engine can be asked at %s: %s", address.getDockerHost(), e.getMessage());
            return CompletableFuture.completedFuture(notHeard(e));
        }
        return toAnswer.<String>begin(
                        "version", () -> client.versionCmd().exec().getVersion())
                .handle((version, failure) -> failure == null ? heard(version) : notHeard(failure));
    }

    private Pulse heard(String version) {
        var now = clock.instant();
        return remember(new Pulse(now, Pulse.State.ANSWERS, version, now));
    }

    private Pulse notHeard(Throwable failure) {
        var known = pulse;
        var now = clock.instant();
        LOG.debugf("the Docker engine does not answer: %s", failure.getMessage());
        var absent = (known == null || known.state() == Pulse.State.ABSENT) && isNobody(failure);
        return remember(
                absent
                        ? new Pulse(now, Pulse.State.ABSENT, "", now)
                        : new Pulse(
                                now,
                                Pulse.State.SILENT,
                                known == null ? "" : known.version(),
                                known == null ? now : known.heard()));
    }

    private Pulse remember(Pulse next) {
        pulse = next;
        return next;
    }

    private boolean isNobody(Throwable failure) {
        var host = address.getDockerHost();
        if ("unix".equals(host.getScheme()) && !Files.exists(Path.of(host.getPath()))) return true;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof ConnectException) return true;
        return false;
    }

    /// @throws EngineSilent when it does not answer in time
    <T> T ask(String question, Function<DockerClient, T> ask) {
        return told(() -> toAnswer.ask(question, () -> ask.apply(questions.get())));
    }

    /// Something that the engine may work at for a while.
    ///
    /// @throws EngineSilent when it does not end in time; whether it was done then is to be looked at
    void change(String what, Consumer<DockerClient> change) {
        told(() -> toChange.ask(what, () -> {
            change.accept(changes.get());
            return true;
        }));
    }

    /// For what runs for minutes, like a pull; who begins it sees to its end.
    DockerClient unhurried() {
        return changes.get();
    }

    private interface Telling<T> {
        T tell();
    }

    private <T> T told(Telling<T> telling) {
        if (!pulse().answers()) throw new EngineSilent("the Docker engine does not answer");
        try {
            return telling.tell();
        } catch (DockerException e) {
            throw e;
        } catch (EngineSilent e) {
            notHeard(e);
            throw e;
        } catch (CompletionException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            notHeard(e);
            throw new EngineSilent("the connection to the Docker engine broke off", e);
        }
    }

    /// As much of a refusal as a person reads.
    static String words(DockerException refused) {
        var words = String.valueOf(refused.getMessage()).strip();
        return words.length() <= ENOUGH_OF_AN_ERROR ? words : words.substring(0, ENOUGH_OF_AN_ERROR) + "…";
    }

    @Override
    public void close() throws IOException {
        toAnswer.close();
        toChange.close();
        questions.close();
        changes.close();
    }
}
