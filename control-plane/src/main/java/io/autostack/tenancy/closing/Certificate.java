package io.autostack.tenancy.closing;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// Row of tenancy.certificate; written once.
@Entity
@Table(schema = "tenancy", name = "certificate")
class Certificate {

    @Id
    UUID id;

    @Column(name = "tenant_id")
    UUID tenantId;

    @Column(name = "closing_id")
    UUID closingId;

    @Column(name = "issued_at")
    Instant issuedAt;

    String text;
    String sha256;

    @SuppressWarnings("NullAway.Init") // for Hibernate
    Certificate() {}

    Certificate(UUID id, UUID tenantId, UUID closingId, Instant issuedAt, String text, String sha256) {
        this.id = id;
        this.tenantId = tenantId;
        this.closingId = closingId;
        this.issuedAt = issuedAt;
        this.text = text;
        this.sha256 = sha256;
    }
}
