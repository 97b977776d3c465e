package io.autostack.provisioning;

import com.github.kagkarlsson.scheduler.Clock;
import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Time as the ledger's database has it, so that workers whose own clocks disagree still agree on who holds a lease and
/// what is overdue. Asked for now and then; in between the time that has passed is added.
@ApplicationScoped
class LedgerTime implements Clock {

    private static final Logger LOG = Logger.getLogger(LedgerTime.class);
    private static final Duration HOLDS = Duration.ofSeconds(2);
    private static final Duration NO_TREMBLING = Duration.ofSeconds(1);

    private final DataSource database;
    private final InstantSource machine;
    private final ReentrantLock asking = new ReentrantLock();
    private final List<Runnable> sleepers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Reading last;
    private volatile long asked;

    private record Reading(Instant told, long at) {

        Instant now() {
            return told.plusNanos(System.nanoTime() - at);
        }
    }

    @Inject
    LedgerTime(DataSource database, InstantSource machine) {
        this.database = database;
        this.machine = machine;
    }

    /// Whoever sleeps until some time sleeps too long when the database's clock is set back.
    void wakeWhenSetBack(Runnable sleeper) {
        sleepers.add(sleeper);
    }

    /// Never throws: without an answer the last one goes on, and before the first one the machine's clock has to do.
    @Override
    public Instant now() {
        if (last == null) asking.lock();
        else if (System.nanoTime() - asked < HOLDS.toNanos() || !asking.tryLock()) return known();
        try {
            ask();
        } finally {
            asking.unlock();
        }
        return known();
    }

    private Instant known() {
        var reading = last;
        return reading == null ? machine.instant() : reading.now();
    }

    private void ask() {
        try (var connection = database.getConnection()) {
            var told = Sql.of(connection, "select clock_timestamp()")
                    .one(row -> row.getTimestamp(1).toInstant());
            var expected = known();
            last = new Reading(told, System.nanoTime());
            if (told.plus(NO_TREMBLING).isBefore(expected)) {
                LOG.warnf("by the database it is %s earlier than was reckoned with", Duration.between(told, expected));
                sleepers.forEach(Runnable::run);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the database does not tell the time", e);
        } finally {
            asked = System.nanoTime();
        }
    }
}
