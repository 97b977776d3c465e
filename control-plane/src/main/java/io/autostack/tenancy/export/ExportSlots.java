package io.autostack.tenancy.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/// Which exports are under way on this replica: one of a tenant, so many in all. Nobody waits for a turn.
@ApplicationScoped
class ExportSlots {

    private final Set<UUID> taken = new HashSet<>();
    private final int max;

    @Inject
    ExportSlots(ExportsConfig config) {
        this.max = config.parallel();
    }

    /// What came of asking for a turn.
    sealed interface Turn {

        record Yours(Place place) implements Turn {}

        record AnotherOfTheTenant() implements Turn {}

        record TooManyInAll() implements Turn {}
    }

    synchronized Turn take(UUID tenant) {
        if (taken.contains(tenant)) return new Turn.AnotherOfTheTenant();
        if (taken.size() >= max) return new Turn.TooManyInAll();
        taken.add(tenant);
        return new Turn.Yours(new Place(tenant));
    }

    private synchronized void giveBack(UUID tenant) {
        taken.remove(tenant);
    }

    /// A turn that was had.
    final class Place {

        private enum State {
            KEPT,
            USED,
            GIVEN_BACK
        }

        private final UUID tenant;
        private final AtomicReference<State> state = new AtomicReference<>(State.KEPT);

        private Place(UUID tenant) {
            this.tenant = tenant;
        }

        /// False when it was given up before.
        boolean use() {
            return state.compareAndSet(State.KEPT, State.USED);
        }

        /// Nobody takes the archive: the caller asked for its head alone, or was gone before it began. One that
        /// is being written ends by itself.
        void giveUp() {
            if (state.compareAndSet(State.KEPT, State.GIVEN_BACK)) giveBack(tenant);
        }

        void end() {
            if (state.getAndSet(State.GIVEN_BACK) != State.GIVEN_BACK) giveBack(tenant);
        }
    }
}
