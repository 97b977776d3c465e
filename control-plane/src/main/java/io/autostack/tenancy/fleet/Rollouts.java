package io.autostack.tenancy.fleet;

import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The rollouts of the platform; at most one of them is open.
@ApplicationScoped
class Rollouts implements PanacheRepositoryBase<Rollout, UUID> {

    private final InstantSource clock;

    @Inject
    Rollouts(InstantSource clock) {
        this.clock = clock;
    }

    Optional<Rollout> open() {
        return find("state in ?1", RolloutState.words(RolloutState.OPEN)).firstResultOptional();
    }

    /// Newest first.
    Page<Rollout> page(PageRequest request) {
        var newestFirst = Sort.descending("id");
        var query = request.afterId()
                .map(after -> find("id < ?1", newestFirst, after))
                .orElseGet(() -> findAll(newestFirst));
        return Page.of(query.range(0, request.size()).list(), request.size(), rollout -> rollout.id.toString());
    }

    /// Waits until no other transaction decides about this rollout.
    Rollout lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /// @return false when it is in none of these states
    boolean change(UUID id, Set<RolloutState> from, RolloutState to, @Nullable String message) {
        var end = RolloutState.OPEN.contains(to) ? null : clock.instant();
        return update(
                        "state = ?1, message = ?2, finishedAt = ?3 where id = ?4 and state in ?5",
                        to.word(),
                        message,
                        end,
                        id,
                        RolloutState.words(from))
                == 1;
    }

    void switched(UUID id) {
        update("switchedAt = ?1 where id = ?2 and switchedAt is null", clock.instant(), id);
    }
}
