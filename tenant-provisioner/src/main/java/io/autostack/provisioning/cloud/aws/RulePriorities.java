package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/// Which rule of the listener has which priority. The number is taken here first, so that two that make a rule at once
/// never ask for the same; what others have at the listener is written down when it is met.
@ApplicationScoped
class RulePriorities {

    /// Numbers that a listener takes are 1 to 50,000; the last one is left to whoever needs to be behind everything.
    static final int LAST = 49_999;

    private static final String FREE = """
            select %s(number) from generate_series(1, %d) as number
             where not exists (select 1 from provisioning.listener_rule r
                                where r.listener = ? and r.priority = number)
            """;

    private final PlatformDatabase platform;

    @Inject
    RulePriorities(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// The holder's number: the one it has, or the first that is free.
    ///
    /// @param last the last that is free instead, for what has to be behind all others
    /// @return empty when all are taken
    Optional<Integer> take(String listener, String holder, boolean last) {
        return platform.alone(connection -> {
            lock(connection, listener);
            var has = Sql.of(
                            connection,
                            "select priority from provisioning.listener_rule where listener = ? and holder = ?",
                            listener,
                            holder)
                    .find(row -> row.getInt(1));
            if (has.isPresent()) return has;
            var free = Sql.of(connection, FREE.formatted(last ? "max" : "min", LAST), listener)
                    .find(row -> row.getInt(1))
                    .filter(number -> number > 0);
            if (free.isPresent())
                Sql.update(
                        connection,
                        "insert into provisioning.listener_rule (listener, priority, holder) values (?, ?, ?)",
                        listener,
                        free.get(),
                        holder);
            return free;
        });
    }

    /// The rule of the holder is there, with this number.
    void has(String listener, String holder, int priority) {
        platform.alone(connection -> {
            lock(connection, listener);
            Sql.update(
                    connection,
                    "delete from provisioning.listener_rule where listener = ? and holder = ? and priority <> ?",
                    listener,
                    holder,
                    priority);
            return Sql.update(
                    connection,
                    "insert into provisioning.listener_rule (listener, priority, holder) values (?, ?, ?)"
                            + " on conflict (listener, priority) do update set holder = excluded.holder",
                    listener,
                    priority,
                    holder);
        });
    }

    /// What strangers have at the listener now. A number of the holder's that one of them has is free for another try.
    void strangers(String listener, String holder, Collection<Integer> theirs) {
        platform.alone(connection -> {
            lock(connection, listener);
            Sql.update(
                    connection,
                    "delete from provisioning.listener_rule where listener = ? and (holder is null or holder = ?)",
                    listener,
                    holder);
            for (var priority : theirs)
                Sql.update(
                        connection,
                        "insert into provisioning.listener_rule (listener, priority) values (?, ?)"
                                + " on conflict (listener, priority) do nothing",
                        listener,
                        priority);
            return true;
        });
    }

    void release(String listener, String holder) {
        platform.alone(connection -> Sql.update(
                connection,
                "delete from provisioning.listener_rule where listener = ? and holder = ?",
                listener,
                holder));
    }

    private static void lock(Connection connection, String listener) throws SQLException {
        Sql.execute(connection, "select pg_advisory_xact_lock(hashtextextended('listener ' || ?, 0))", listener);
    }
}
