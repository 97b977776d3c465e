package io.autostack.kill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What one connection says to PostgreSQL, message by message, and which of its messages makes a write durable.
///
/// Knows just enough of the protocol: statements by their name, portals by theirs, and whether a transaction runs.
final class Frontend {

    private static final Pattern READS = Pattern.compile(
            "(select|show|set|reset|values|explain|savepoint|release|discard|listen|deallocate|with)\\b");
    private static final Pattern WRITES_ALL_THE_SAME =
            Pattern.compile("\\b(insert into|update|delete from|merge into) |pg_terminate_backend|lo_import");
    private static final Pattern HEARTBEAT =
            Pattern.compile("update [a-z_.]*scheduled_task[a-z_]* set last_heartbeat = .*");

    /// The platform looks at schemas by itself, whatever is asked of the tenant meanwhile.
    private static final Pattern LOOK = Pattern.compile("insert into tenancy\\.tenant_schema as known .*");

    private static final String CLAIM = "locked_executions";
    private static final String TASKS = "scheduled_task";
    private static final Pattern HEAD =
            Pattern.compile("(?:insert into|delete from|update|reassign owned by|[a-z]+ [a-z]+) \\S+");
    private static final int SHOWN = 200;
    private static final String PLATFORM = "database\0autostack\0";

    private final Function<byte[], Set<Target>> named;
    private final Set<Target> always;
    private final boolean driver;
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final Set<Target> mentioned = new HashSet<>();
    private final List<String> written = new ArrayList<>();
    private boolean transaction;

    /// @param named the targets that a message names
    /// @param startup the connection's first message, which holds the name of the database
    Frontend(Function<byte[], Set<Target>> named, byte[] startup) {
        this.named = named;
        this.always = named.apply(startup);
        this.driver = !new String(startup, StandardCharsets.UTF_8).contains(PLATFORM);
    }

    /// What a message is about to do.
    sealed interface Event {

        /// Writes of these targets become durable with it.
        ///
        /// @param schedules true when a worker has to claim the operation after it
        /// @param inDriver true when it keeps one of the driver's few connections as long as it is held
        record Crossing(Set<Target> targets, String what, boolean schedules, boolean inDriver) implements Event {}

        /// A worker asks for whatever operation is due.
        record Claim() implements Event {}
    }

    Optional<Event> hear(char type, byte[] body) {
        var buffer = ByteBuffer.wrap(body);
        return switch (type) {
            case 'P' -> {
                statements.put(text(buffer), text(buffer));
                mention(body);
                yield Optional.empty();
            }
            case 'B' -> {
                portals.put(text(buffer), statements.getOrDefault(text(buffer), ""));
                mention(body);
                yield Optional.empty();
            }
            case 'E' -> execute(portals.getOrDefault(text(buffer), ""));
            case 'Q' -> {
                mention(body);
                var event = execute(text(buffer));
                if (!transaction) mentioned.clear();
                yield event;
            }
            case 'S' -> {
                if (!transaction) mentioned.clear();
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private void mention(byte[] body) {
        var targets = named.apply(body);
        mentioned.addAll(targets);
        for (var target : targets) target.learn(body);
        // Enqueueing schedules the operation in its own transaction: that is where its id is first seen.
        if (transaction) for (var target : mentioned) target.learn(body);
    }

    private Optional<Event> execute(String statement) {
        var sql = statement.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        if (sql.startsWith("begin") || sql.startsWith("start transaction")) {
            end();
            transaction = true;
            return Optional.empty();
        }
        if (sql.startsWith("rollback to")) return Optional.empty();
        if (sql.startsWith("rollback") || sql.startsWith("abort")) {
            end();
            return Optional.empty();
        }
        if (sql.startsWith("commit") || sql.equals("end")) {
            var crossing = crossing("commit of " + heads(), mentioned);
            end();
            return crossing;
        }
        if (sql.contains(CLAIM)) return Optional.of(new Event.Claim());
        if (!writes(sql)) return Optional.empty();
        var here = new HashSet<>(named.apply(statement.getBytes(StandardCharsets.UTF_8)));
        here.addAll(mentioned);
        if (!transaction) {
            written.add(sql);
            var crossing = crossing(sql, here);
            written.clear();
            return crossing;
        }
        mentioned.addAll(here);
        written.add(sql);
        return Optional.empty();
    }

    private Optional<Event> crossing(String what, Set<Target> concerned) {
        var targets = new HashSet<>(always);
        targets.addAll(concerned);
        if (written.isEmpty() || targets.isEmpty()) return Optional.empty();
        var schedules = written.stream().anyMatch(sql -> sql.contains(TASKS) && !sql.startsWith("delete"));
        var shown = what.length() > SHOWN ? what.substring(0, SHOWN) + " …" : what;
        return Optional.of(new Event.Crossing(targets, shown, schedules, driver));
    }

    /// What a transaction wrote, each thing once, in as few words as tell it.
    private String heads() {
        return written.stream()
                .map(sql -> {
                    var head = HEAD.matcher(sql);
                    return head.lookingAt() ? head.group() : sql;
                })
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void end() {
        transaction = false;
        mentioned.clear();
        written.clear();
    }

    /// What is not known to be a read counts as a write, so that a new kind of statement cannot go unseen.
    private static boolean writes(String sql) {
        if (sql.isEmpty()
                || HEARTBEAT.matcher(sql).matches()
                || LOOK.matcher(sql).matches()) return false;
        return !READS.matcher(sql).lookingAt()
                || WRITES_ALL_THE_SAME.matcher(sql).find();
    }

    private static String text(ByteBuffer buffer) {
        int from = buffer.position();
        while (buffer.get() != 0) {}
        return new String(buffer.array(), from, buffer.position() - from - 1, StandardCharsets.UTF_8);
    }
}
