package io.autostack.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Row of identity.api_token.
@Entity
@Table(schema = "identity", name = "api_token")
class ApiToken {

    @Id
    UUID id;

    String name;
    String role;

    @Nullable
    @Column(name = "tenant_id")
    UUID tenantId;

    byte[] lookup;
    String hint;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "expires_at")
    Instant expiresAt;

    @Nullable
    @Column(name = "revoked_at")
    Instant revokedAt;

    @Nullable
    @Column(name = "last_used_at")
    Instant lastUsedAt;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    ApiToken() {}

    ApiTokens.Row row() {
        return new ApiTokens.Row(
                id, name, role, tenantId, hint, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt);
    }
}
