package io.autostack.identity;

import io.autostack.shared.UuidV7;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Who belongs to which tenant, as far as the current database scope sees.
@ApplicationScoped
public class Memberships implements PanacheRepositoryBase<Membership, UUID> {

    private final InstantSource clock;

    @Inject
    Memberships(InstantSource clock) {
        this.clock = clock;
    }

    public Optional<TenantRole> roleOf(Caller caller, UUID tenant) {
        if (caller.email() == null) return Optional.empty();
        return find("tenantId = ?1 and email = ?2", tenant, caller.email())
                .firstResultOptional()
                .map(Memberships::role);
    }

    /// The tenants the caller belongs to.
    public List<UUID> tenantsOf(Caller caller) {
        if (caller.email() == null) return List.of();
        return find("email", caller.email()).stream()
                .map(membership -> membership.tenantId)
                .toList();
    }

    public void add(UUID tenant, String email, TenantRole role) {
        persist(new Membership(UuidV7.next(), tenant, email.toLowerCase(Locale.ROOT), role.word(), clock.instant()));
    }

    private static TenantRole role(Membership membership) {
        return TenantRole.of(membership.role);
    }
}
