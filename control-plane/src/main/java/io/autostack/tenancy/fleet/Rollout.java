package io.autostack.tenancy.fleet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.rollout. Changes are guarded updates in `Rollouts`, never setters.
@Entity
@Table(schema = "tenancy", name = "rollout")
class Rollout {

    @Id
    UUID id;

    String version;
    String state;

    @Nullable
    String message;

    @Nullable
    @Column(name = "switched_at")
    Instant switchedAt;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "finished_at")
    Instant finishedAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Rollout() {}

    Rollout(UUID id, String version, String createdBy, Instant createdAt) {
        this.id = id;
        this.version = version;
        this.state = RolloutState.WAITING.word();
        this.createdBy = createdBy;
        this.createdAt = createdAt;
    }

    RolloutState state() {
        return RolloutState.of(state);
    }
}
