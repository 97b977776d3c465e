package io.autostack.stories;

import io.autostack.testing.Callers;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/// Visitors of a tenant who never stop: each request opens a connection of its own with the credentials at hand, which
/// are read again, once, when they are refused. That is what the reference application does.
final class Visitors implements AutoCloseable {

    private final String slug;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong succeeded = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private volatile boolean gone;

    Visitors(String slug, int many) {
        this.slug = slug;
        for (int i = 0; i < many; i++) threads.execute(this::visit);
    }

    /// Waits for so many more good answers.
    void haveSucceeded(long more) {
        long wanted = succeeded.get() + more;
        Awaitility.await("visitors are served")
                .atMost(Duration.ofMinutes(1))
                .until(() -> succeeded.get() >= wanted || !failures.isEmpty());
    }

    List<String> failures() {
        return new ArrayList<>(failures);
    }

    /// As whom they signed in.
    Set<String> users() {
        return users;
    }

    @Override
    public void close() {
        gone = true;
        threads.close();
    }

    private void visit() {
        var credentials = read();
        while (!gone)
            try {
                try {
                    request(credentials);
                } catch (SQLException e) {
                    if (!"28P01".equals(e.getSQLState()) && !"28000".equals(e.getSQLState())) throw e;
                    credentials = read();
                    request(credentials);
                }
                succeeded.incrementAndGet();
            } catch (SQLException | RuntimeException failed) {
                failures.add(failed.toString());
            }
    }

    private void request(Map<String, String> credentials) throws SQLException {
        try (var connection = Server.as(credentials, TenantDatabase.name(slug));
                var statement = connection.createStatement()) {
            statement.execute("insert into app.guestbook_entry (author, message) values ('visitor', 'hello')");
            users.add(credentials.get("username"));
        }
    }

    private Map<String, String> read() {
        return Callers.application()
                .get("/api/v1/secrets/tenants/" + slug + "/database")
                .path("value");
    }
}
