package io.autostack.tenancy.domains;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.domain.
@Entity
@Table(schema = "tenancy", name = "domain")
class Domain {

    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    String name;
    String challenge;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "verified_at")
    Instant verifiedAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Domain() {}

    Domain(UUID id, UUID tenantId, String name, String challenge, Instant createdAt) {
        this.id = id;
        this.tenantId = tenantId;
        this.name = name;
        this.challenge = challenge;
        this.createdAt = createdAt;
    }
}
