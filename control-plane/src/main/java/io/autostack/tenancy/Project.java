package io.autostack.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.project.
@Entity
@Table(schema = "tenancy", name = "project")
class Project {

    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    String slug;
    String name;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "removed_at")
    Instant removedAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Project() {}

    Project(UUID id, UUID tenantId, String slug, String name, Instant createdAt) {
        this.id = id;
        this.tenantId = tenantId;
        this.slug = slug;
        this.name = name;
        this.createdAt = createdAt;
    }
}
