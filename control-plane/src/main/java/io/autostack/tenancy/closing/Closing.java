package io.autostack.tenancy.closing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.closing. How it ends is a guarded update in `Closings`.
@Entity
@Table(schema = "tenancy", name = "closing")
class Closing {

    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    UUID operation;

    @Column(name = "closed_by")
    String closedBy;

    @Column(name = "closed_at")
    Instant closedAt;

    @Column(name = "retained_until")
    Instant retainedUntil;

    @Column(name = "was_suspended")
    boolean wasSuspended;

    @Nullable
    @Column(name = "reopened_at")
    Instant reopenedAt;

    @Nullable
    @Column(name = "deleted_at")
    Instant deletedAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Closing() {}

    Closing(
            UUID id,
            UUID tenantId,
            UUID operation,
            String closedBy,
            Instant closedAt,
            Instant retainedUntil,
            boolean wasSuspended) {
        this.id = id;
        this.tenantId = tenantId;
        this.operation = operation;
        this.closedBy = closedBy;
        this.closedAt = closedAt;
        this.retainedUntil = retainedUntil;
        this.wasSuspended = wasSuspended;
    }

    ClosedTenant row() {
        return new ClosedTenant(
                id, tenantId, operation, closedBy, closedAt, retainedUntil, wasSuspended, reopenedAt, deletedAt);
    }
}
