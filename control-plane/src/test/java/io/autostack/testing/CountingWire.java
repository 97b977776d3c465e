package io.autostack.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Counts how often the control plane waits for an answer of PostgreSQL: a message `Sync` or `Query` ends what is asked
/// at once.
final class CountingWire implements AutoCloseable {

    private final PostgresProxy proxy;
    private final AtomicLong roundTrips = new AtomicLong();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    /// @param server the port of the real one
    CountingWire(int server) {
        proxy = new PostgresProxy(server, startup -> {
            var statements = new HashMap<String, String>();
            return (type, body) -> {
                hear(type, ByteBuffer.wrap(body), statements);
                return true;
            };
        });
    }

    int port() {
        return proxy.port();
    }

    long roundTrips() {
        return roundTrips.get();
    }

    /// What was executed since somebody asked last.
    List<String> heard() {
        var since = new ArrayList<String>();
        for (var next = heard.poll(); next != null; next = heard.poll()) since.add(next);
        return since;
    }

    @Override
    public void close() {
        proxy.close();
    }

    private void hear(char type, ByteBuffer body, Map<String, String> statements) {
        switch (type) {
            case 'P' -> statements.put(text(body), text(body));
            case 'B' -> {
                text(body);
                heard.add(statements.getOrDefault(text(body), "?"));
            }
            case 'Q' -> heard.add(text(body));
            default -> {}
        }
        if (type == 'S' || type == 'Q') {
            heard.add("--");
            roundTrips.incrementAndGet();
        }
    }

    private static String text(ByteBuffer body) {
        int from = body.position();
        while (body.get() != 0) {}
        return new String(body.array(), from, body.position() - from - 1, StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
    }
}
