package io.autostack.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// Row of identity.membership.
@Entity
@Table(schema = "identity", name = "membership")
class Membership {

    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    String email;
    String role;

    @Column(name = "created_at")
    Instant createdAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Membership() {}

    Membership(UUID id, UUID tenantId, String email, String role, Instant createdAt) {
        this.id = id;
        this.tenantId = tenantId;
        this.email = email;
        this.role = role;
        this.createdAt = createdAt;
    }
}
