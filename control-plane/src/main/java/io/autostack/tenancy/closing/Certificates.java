package io.autostack.tenancy.closing;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/// The certificates that the current database scope sees.
@ApplicationScoped
class Certificates implements PanacheRepositoryBase<Certificate, UUID> {

    Optional<Certificate> of(UUID tenant) {
        return find("tenantId", Sort.descending("issuedAt"), tenant).firstResultOptional();
    }

    void issue(Certificate certificate) {
        persist(certificate);
        flush();
    }
}
