package io.autostack.moves;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of moves.move. Changes of state are guarded updates in `Moves`, never setters.
@Entity
@Table(schema = "moves", name = "move")
class Move {

    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    @Column(name = "operation_id")
    UUID operationId;

    String slug;
    String state;

    @Column(name = "from_database")
    String fromDatabase;

    @Column(name = "from_secret")
    String fromSecret;

    @Column(name = "from_placement")
    String fromPlacement;

    @Column(name = "to_database")
    String toDatabase;

    @Column(name = "to_secret")
    String toSecret;

    @Column(name = "to_placement")
    String toPlacement;

    String confirmed;

    @Column(name = "price_book")
    int priceBook;

    @Column(name = "monthly_before")
    BigDecimal monthlyBefore;

    @Column(name = "monthly_after")
    BigDecimal monthlyAfter;

    String currency;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Nullable
    @Column(name = "moved_at")
    Instant movedAt;

    @Nullable
    @Column(name = "keep_until")
    Instant keepUntil;

    @Nullable
    @Column(name = "pause_ms")
    Long pauseMs;

    @Nullable
    @Column(name = "ended_at")
    Instant endedAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Move() {}

    MoveState state() {
        return MoveState.of(state);
    }
}
