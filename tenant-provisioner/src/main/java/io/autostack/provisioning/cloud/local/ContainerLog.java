package io.autostack.provisioning.cloud.local;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// The last lines of a container's log, as the engine keeps it. Its first megabyte at most: a line may be very long.
final class ContainerLog extends ResultCallback.Adapter<Frame> {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int PATIENCE_MILLIS = 1_500;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private ContainerLog() {}

    static String read(DockerClient engine, String id, int lines) {
        try (var log = new ContainerLog()) {
            boolean whole = engine.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTimestamps(true)
                    .withTail(lines)
                    .exec(log)
                    .awaitCompletion(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return log.text() + (whole ? "" : "… the engine did not send the rest in time\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading a log", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
        }
    }

    @Override
    public synchronized void onNext(Frame frame) {
        int room = MAX_BYTES - written.size();
        written.write(frame.getPayload(), 0, Math.min(room, frame.getPayload().length));
        if (written.size() == MAX_BYTES) enough();
    }

    private void enough() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized String text() {
        return written.toString(StandardCharsets.UTF_8) + (written.size() < MAX_BYTES ? "" : "… cut here\n");
    }
}
