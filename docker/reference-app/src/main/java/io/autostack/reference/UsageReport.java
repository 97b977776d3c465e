package io.autostack.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Tells the control plane what tenants used. Each event has an id of its own, so that telling twice counts once.
final class UsageReport implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(UsageReport.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 100;
    private static final int MAX_WAITING = 10_000;
    private static final long MAX_PAUSE = 30;

    private final ControlPlane controlPlane;
    private final InstantSource clock;
    private final String source = "/reference-app/" + UUID.randomUUID();
    private final ArrayBlockingQueue<Map<String, Object>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread reporter = Thread.ofVirtual().name("usage-report").unstarted(this::reportUntilClosed);
    private volatile boolean closed;

    UsageReport(ControlPlane controlPlane, InstantSource clock) {
        this.controlPlane = controlPlane;
        this.clock = clock;
    }

    void start() {
        reporter.start();
    }

    void served(Tenant tenant) {
        var event = Map.<String, Object>of(
                "specversion",
                "1.0",
                "type",
                "io.autostack.usage.recorded.v1",
                "source",
                source,
                "id",
                UUID.randomUUID().toString(),
                "subject",
                tenant.slug(),
                "time",
                clock.instant().toString(),
                "datacontenttype",
                "application/json",
                "data",
                Map.of("meter", "api-requests", "quantity", 1));
        if (!waiting.offer(event)) dropped.incrementAndGet();
    }

    /// What waits is told once more; what cannot be told then is lost, and the log says how much.
    @Override
    public void close() {
        closed = true;
        reporter.interrupt();
        try {
            reporter.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportUntilClosed() {
        var batch = new ArrayList<Map<String, Object>>();
        long pause = 1;
        while (!closed) {
            collect(batch);
            pause = batch.isEmpty() || isAnswered(batch) ? 1 : Math.min(MAX_PAUSE, pause * 2);
            if (pause > 1) rest(pause);
            tellDropped();
        }
        Thread.interrupted();
        do {
            waiting.drainTo(batch, BATCH - batch.size());
        } while (!batch.isEmpty() && isAnswered(batch));
        if (!batch.isEmpty())
            LOG.log(System.Logger.Level.WARNING, "{0} usage events are lost", batch.size() + waiting.size());
    }

    /// Fills the batch for a second, or until it is full. What is in it stays in it, with the ids it has.
    private void collect(List<Map<String, Object>> batch) {
        long end = System.nanoTime() + 1_000_000_000L;
        try {
            while (batch.size() < BATCH && System.nanoTime() < end) {
                var event = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event != null) batch.add(event);
            }
        } catch (InterruptedException _) {
            // closed is set
        }
    }

    /// True when the batch need not be told again, and then it is empty.
    private boolean isAnswered(List<Map<String, Object>> batch) {
        try {
            var answer = controlPlane.report(JSON.writeValueAsString(batch));
            if (answer.statusCode() == 202) tellRejected(answer.body());
            else if (worthAnotherTry(answer.statusCode())) {
                LOG.log(System.Logger.Level.WARNING, "usage report answered {0}; trying again", answer.statusCode());
                return false;
            } else
                LOG.log(
                        System.Logger.Level.ERROR,
                        "usage report of {0} events refused with {1}: {2}",
                        batch.size(),
                        answer.statusCode(),
                        answer.body());
            batch.clear();
            return true;
        } catch (ControlPlane.Unavailable e) {
            LOG.log(System.Logger.Level.WARNING, "usage report waits: {0}", e.getMessage());
            return false;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean worthAnotherTry(int status) {
        return status >= 500 || status == 401 || status == 403 || status == 404 || status == 408 || status == 429;
    }

    private static void tellRejected(String body) {
        try {
            for (var result : JSON.readTree(body).path("results"))
                if (result.path("status").asText().equals("rejected"))
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "usage event {0} rejected: {1}",
                            result.path("id"),
                            result.path("reason"));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "usage report was taken, but its answer is no JSON: {0}",
                    e.getMessage());
        }
    }

    private void tellDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0)
            LOG.log(System.Logger.Level.ERROR, "{0} usage events dropped: {1} wait already", count, MAX_WAITING);
    }

    private static void rest(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException _) {
            // closed is set
        }
    }
}
