package io.autostack.tenancy.domains;

import io.autostack.shared.UuidV7;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The domains that the current database scope sees.
@ApplicationScoped
public class Domains implements PanacheRepositoryBase<Domain, UUID> {

    private final InstantSource clock;

    @Inject
    Domains(InstantSource clock) {
        this.clock = clock;
    }

    /// By name.
    public List<DomainRow> of(UUID tenant) {
        return list("tenantId", Sort.by("name"), tenant).stream()
                .map(DomainRow::of)
                .toList();
    }

    Optional<DomainRow> find(UUID tenant, String name) {
        return find("tenantId = ?1 and name = ?2", tenant, name)
                .firstResultOptional()
                .map(DomainRow::of);
    }

    /// Needs the platform's scope.
    boolean isProvenBySomebodyElse(UUID tenant, String name) {
        return count("name = ?1 and tenantId <> ?2 and verifiedAt is not null", name, tenant) > 0;
    }

    DomainRow claim(UUID tenant, String name, String challenge) {
        var domain = new Domain(UuidV7.next(), tenant, name, challenge, clock.instant());
        persist(domain);
        flush();
        return DomainRow.of(domain);
    }

    boolean verify(UUID tenant, String name) {
        return update(
                        "verifiedAt = ?1 where tenantId = ?2 and name = ?3 and verifiedAt is null",
                        clock.instant(),
                        tenant,
                        name)
                == 1;
    }

    boolean forget(UUID tenant, String name) {
        return delete("tenantId = ?1 and name = ?2", tenant, name) == 1;
    }

    /// Names that lead to the tenant while it is served, in order.
    public List<String> verified(UUID tenant) {
        return of(tenant).stream()
                .filter(DomainRow::verified)
                .map(DomainRow::name)
                .toList();
    }

    /// For a tenant that is deleted: whatever it claimed or had is free again. Its routes are removed by its operation.
    public void forgetAll(UUID tenant) {
        delete("tenantId", tenant);
    }
}
