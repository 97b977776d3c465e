package io.autostack.moves;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The moves that the current database scope sees.
@ApplicationScoped
class Moves implements PanacheRepositoryBase<Move, UUID> {

    Optional<Move> newest(UUID tenant) {
        return find("tenantId", Sort.descending("id"), tenant).firstResultOptional();
    }

    Optional<Move> open(UUID tenant) {
        return newest(tenant).filter(move -> MoveState.OPEN.contains(move.state()));
    }

    /// Whose fallback has had its time.
    List<Move> due(Instant now) {
        return list("state = ?1 and keepUntil <= ?2", MoveState.MOVED.word(), now);
    }

    boolean moved(UUID id, Instant at, Instant keepUntil, long pauseMs) {
        return update(
                        "state = ?1, movedAt = ?2, keepUntil = ?3, pauseMs = ?4 where id = ?5 and state = ?6",
                        MoveState.MOVED.word(),
                        at,
                        keepUntil,
                        pauseMs,
                        id,
                        MoveState.MOVING.word())
                == 1;
    }

    boolean change(UUID id, MoveState from, MoveState to) {
        return update("state = ?1 where id = ?2 and state = ?3", to.word(), id, from.word()) == 1;
    }

    boolean end(UUID id, MoveState from, MoveState to, Instant at) {
        return update("state = ?1, endedAt = ?2 where id = ?3 and state = ?4", to.word(), at, id, from.word()) == 1;
    }
}
