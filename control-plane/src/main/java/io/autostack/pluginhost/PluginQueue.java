package io.autostack.pluginhost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Who may be asked next: so many at once, so many waiting, and nobody takes more than a share of either.
final class PluginQueue {

    private final int places;
    private final int share;
    private final int waitingEach;
    private final int waitingInAll;
    private final Duration patience;

    private final Map<String, Integer> running = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int taken;

    /// @param places how many run at once; one asker gets half of them, and at least one
    /// @param patience how long a turn is waited for
    PluginQueue(int places, int waitingEach, int waitingInAll, Duration patience) {
        this.places = places;
        this.share = Math.max(1, places / 2);
        this.waitingEach = waitingEach;
        this.waitingInAll = waitingInAll;
        this.patience = patience;
    }

    private record Waiting(String asker, Semaphore called) {}

    /// What came of asking for a turn.
    enum Entry {
        /// It must be given back.
        ADMITTED,
        /// Likewise, and as the asker had more of them, whoever has few goes before it on the processors too.
        ADMITTED_WITH_LOW_PRIORITY,
        TOO_MANY_OF_THE_SAME,
        TOO_MANY_IN_ALL
    }

    /// Answers at once, or waits for a turn that will come.
    Entry take(String asker) throws InterruptedException {
        var place = new Waiting(asker, new Semaphore(0));
        Entry turn;
        synchronized (this) {
            turn = mayRun(place) ? Entry.ADMITTED : Entry.ADMITTED_WITH_LOW_PRIORITY;
            // Those who only wait for their own share keep nobody out.
            if (!isNext(place)) {
                if (count(asker) >= waitingEach) return Entry.TOO_MANY_OF_THE_SAME;
                if (waiting.size() >= waitingInAll) return Entry.TOO_MANY_IN_ALL;
            }
            waiting.add(place);
            callNext();
        }
        try {
            if (place.called.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) return turn;
        } catch (InterruptedException e) {
            if (!leave(place)) giveBack(asker);
            throw e;
        }
        return leave(place) ? Entry.TOO_MANY_IN_ALL : turn;
    }

    synchronized void giveBack(String asker) {
        taken--;
        running.merge(asker, -1, (before, less) -> before + less == 0 ? null : before + less);
        callNext();
    }

    /// False when the turn came at the last moment.
    private synchronized boolean leave(Waiting place) {
        return waiting.remove(place);
    }

    private boolean isNext(Waiting place) {
        return taken < places && mayRun(place);
    }

    private boolean mayRun(Waiting place) {
        return runningOf(place) < share;
    }

    private int runningOf(Waiting place) {
        return running.getOrDefault(place.asker(), 0);
    }

    private long count(String asker) {
        return waiting.stream().filter(place -> place.asker().equals(asker)).count();
    }

    /// Whoever has the least running, and of those who came first.
    private void callNext() {
        while (taken < places) {
            var next = waiting.stream().filter(this::mayRun).min(Comparator.comparingInt(this::runningOf));
            if (next.isEmpty()) return;
            waiting.remove(next.get());
            taken++;
            running.merge(next.get().asker(), 1, Integer::sum);
            next.get().called().release();
        }
    }
}
