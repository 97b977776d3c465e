package io.autostack.tenancy.fleet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.rollout_tenant: one tenant's part in a rollout.
@Entity
@Table(schema = "tenancy", name = "rollout_tenant")
class RolloutTenant {

    @Id
    UUID id;

    @Column(name = "rollout_id")
    UUID rolloutId;

    @Column(name = "tenant_id")
    UUID tenantId;

    int position;
    int wave;
    String state;

    @Nullable
    UUID operation;

    @Nullable
    @Column(name = "from_version")
    String fromVersion;

    @Nullable
    @Column(name = "from_fingerprint")
    String fromFingerprint;

    @Nullable
    @Column(name = "to_version")
    String toVersion;

    @Nullable
    @Column(name = "to_fingerprint")
    String toFingerprint;

    @Nullable
    String message;

    /// Since when something stands in the way.
    @Nullable
    @Column(name = "put_off_at")
    Instant putOffAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    RolloutTenant() {}

    RolloutTenant(UUID id, UUID rolloutId, UUID tenantId, int position, int wave) {
        this.id = id;
        this.rolloutId = rolloutId;
        this.tenantId = tenantId;
        this.position = position;
        this.wave = wave;
        this.state = PartState.WAITING.word();
    }
}
