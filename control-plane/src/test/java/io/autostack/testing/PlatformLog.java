package io.autostack.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the platform writes down about requests while somebody watches; work in the background does not count.
public final class PlatformLog implements AutoCloseable {

    private static final List<String> ABOUT_REQUESTS = List.of(
            "io.autostack.web",
            "io.autostack.identity",
            "io.quarkus.vertx",
            "io.quarkus.http",
            "io.quarkus.oidc",
            "io.vertx",
            "io.netty",
            "org.jboss.resteasy");

    private final List<LogRecord> records = new ArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Logger door = Logger.getLogger("io.autostack.web");
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord record) {
            hear(record);
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    private PlatformLog() {
        root.addHandler(ear);
        door.setLevel(Level.FINE);
    }

    /// From now on, with what the door says to those who look for mistakes.
    public static PlatformLog watch() {
        return new PlatformLog();
    }

    /// One text for each line, with a mark where there is a stack trace.
    public synchronized List<String> lines(Level atLeast) {
        return records.stream()
                .filter(record -> record.getLevel().intValue() >= atLeast.intValue())
                .map(record -> record.getLoggerName() + " " + record.getLevel() + " " + record.getMessage()
                        + (record.getThrown() == null ? "" : " TRACE " + record.getThrown()))
                .toList();
    }

    @Override
    public void close() {
        root.removeHandler(ear);
        door.setLevel(null);
    }

    private synchronized void hear(LogRecord record) {
        var name = record.getLoggerName();
        if (name != null && ABOUT_REQUESTS.stream().anyMatch(name::startsWith)) records.add(record);
    }
}
