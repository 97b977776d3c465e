package io.autostack.tenancy.fleet;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of tenancy.tenant_schema.
@Entity
@Table(schema = "tenancy", name = "tenant_schema")
class TenantSchema {

    @Id
    @Column(name = "tenant_id")
    UUID tenantId;

    @Nullable
    String version;

    @Nullable
    String fingerprint;

    @Nullable
    @Column(name = "read_at")
    Instant readAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    TenantSchema() {}
}
