package io.autostack.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// Row of audit.event.
@Entity
@Table(schema = "audit", name = "event")
class AuditEvent {

    @Id
    UUID id;

    Instant at;
    String actor;

    @Column(name = "actor_kind")
    String actorKind;

    @Nullable
    @Column(name = "tenant_id")
    UUID tenantId;

    String action;

    @Column(name = "object_type")
    String objectType;

    @Column(name = "object_id")
    String objectId;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, Object> details;

    @Nullable
    @Column(name = "trace_id")
    String traceId;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    AuditEvent() {}

    AuditEvent(
            UUID id,
            Instant at,
            Actor actor,
            @Nullable UUID tenantId,
            String action,
            String objectType,
            String objectId,
            Map<String, Object> details,
            @Nullable String traceId) {
        this.id = id;
        this.at = at;
        this.actor = actor.name();
        this.actorKind = actor.kind();
        this.tenantId = tenantId;
        this.action = action;
        this.objectType = objectType;
        this.objectId = objectId;
        this.details = details;
        this.traceId = traceId;
    }

    Audit.Entry entry() {
        return new Audit.Entry(id, at, actor, actorKind, tenantId, action, objectType, objectId, details, traceId);
    }
}
