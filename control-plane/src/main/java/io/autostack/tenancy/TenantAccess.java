package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Memberships;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.MDC;

/// Access to everything that belongs to a tenant: finds it, asks whether the caller may, and narrows the
/// request's database scope to it. A tenant that is not the caller's looks exactly like one that does not
/// exist.
@ApplicationScoped
public class TenantAccess {

    private final Callers callers;
    private final Memberships memberships;
    private final Tenants tenants;
    private final Scopes scopes;

    @Inject
    TenantAccess(Callers callers, Memberships memberships, Tenants tenants, Scopes scopes) {
        this.callers = callers;
        this.memberships = memberships;
        this.tenants = tenants;
        this.scopes = scopes;
    }

    /// For reading.
    ///
    /// @param idOrSlug as it stands in the address
    /// @throws io.autostack.shared.ProblemException not signed in, not found, or found but not allowed
    public TenantRow toSee(String idOrSlug) {
        return open(idOrSlug, TenantRole.VIEWER);
    }

    /// For work inside the tenant: deploying, reporting usage, checking limits.
    public TenantRow toWorkIn(String idOrSlug) {
        return open(idOrSlug, TenantRole.MEMBER);
    }

    /// For changing the tenant itself.
    public TenantRow toAdminister(String idOrSlug) {
        return open(idOrSlug, TenantRole.ADMIN);
    }

    /// For ending the tenant, and for bringing it back.
    public TenantRow toOwn(String idOrSlug) {
        return open(idOrSlug, TenantRole.OWNER);
    }

    /// For reading something else that turns out to be a tenant's: whoever may not must be told about that
    /// thing, never about the tenant.
    public boolean maySee(UUID tenant) {
        var caller = callers.current();
        var found = scopes.inPlatform(
                () -> tenants.find(tenant).filter(row -> roleOf(caller, row).isPresent()));
        found.ifPresent(this::enter);
        return found.isPresent();
    }

    /// The same about somebody who asked before, while an answer goes on.
    public boolean maySee(Caller caller, UUID tenant) {
        return scopes.inPlatform(
                () -> tenants.find(tenant).flatMap(row -> roleOf(caller, row)).isPresent());
    }

    /// What the caller is to the tenant: empty when the tenant is none of its business. Operators are owners
    /// everywhere, finance looks on everywhere.
    public Optional<TenantRole> roleAt(TenantRow tenant) {
        return scopes.inPlatform(() -> roleOf(callers.current(), tenant));
    }

    private TenantRow open(String idOrSlug, TenantRole needed) {
        var caller = callers.current().mustBeSignedIn();
        record Entrance(TenantRow tenant, TenantRole role) {}
        var access = scopes.inPlatform(() -> tenants.find(idOrSlug)
                        .flatMap(tenant -> roleOf(caller, tenant).map(role -> new Entrance(tenant, role))))
                .orElseThrow(() -> Problem.notFound("There is no tenant “" + idOrSlug + "” that you can see.")
                        .exception());
        if (!access.role().atLeast(needed))
            throw Problem.of(
                            ProblemType.NOT_ALLOWED,
                            "This needs the role " + needed.word() + " at "
                                    + access.tenant().name() + "; you are "
                                    + access.role().word() + ". Ask an owner of the tenant.")
                    .exception();
        enter(access.tenant());
        return access.tenant();
    }

    private void enter(TenantRow tenant) {
        scopes.enter(new Scope.OfTenant(tenant.id()));
        MDC.put("tenant", tenant.slug());
    }

    private Optional<TenantRole> roleOf(Caller caller, TenantRow tenant) {
        var bound = caller.tenantBound();
        if (bound.isPresent() && !bound.get().equals(tenant.id())) return Optional.empty();
        if (caller.is(Role.OPERATOR)) return Optional.of(TenantRole.OWNER);
        var member = memberships.roleOf(caller, tenant.id());
        return member.isPresent() || !caller.is(Role.FINANCE) ? member : Optional.of(TenantRole.VIEWER);
    }
}
