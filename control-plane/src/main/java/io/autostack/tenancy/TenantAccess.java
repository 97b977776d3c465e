package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Memberships;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.jdbc.Query;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/// Access to everything that belongs to a tenant: finds it, asks whether the caller may, and narrows the
/// request's database scope to it. A tenant that is not the caller's looks exactly like one that does not
/// exist.
@ApplicationScoped
public class TenantAccess {

    /// A tenant and the caller's membership in one question, because every request about a tenant begins with it.
    private static final String FIND = """
            select t.id, t.slug, t.name, t.status, t.plan, t.plan_version, t.environment, t.admin_email, t.url,
                   t.database_host, t.database_port, t.database_name, t.database_secret, t.database_placement,
                   t.created_at, m.role
              from tenancy.tenant t
              left join identity.membership m on m.tenant_id = t.id and m.email = ?
            """;

    private static final String BY_ID = FIND + "where t.id = ?";
    private static final String BY_SLUG = FIND + "where t.slug = ? order by t.id desc limit 1";

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

    /// A tenant, and what the caller is to it.
    public record Visit(TenantRow tenant, TenantRole role) {}

    /// For reading.
    ///
    /// @param idOrSlug as it stands in the address
    /// @throws io.autostack.shared.ProblemException not signed in, not found, or found but not allowed
    public TenantRow toSee(String idOrSlug) {
        return visit(idOrSlug).tenant();
    }

    /// For reading what looks different to those who may do more.
    public Visit visit(String idOrSlug) {
        return open(idOrSlug, TenantRole.VIEWER);
    }

    /// For work inside the tenant: deploying, reporting usage, checking limits.
    public TenantRow toWorkIn(String idOrSlug) {
        return open(idOrSlug, TenantRole.MEMBER).tenant();
    }

    /// For changing the tenant itself.
    public TenantRow toAdminister(String idOrSlug) {
        return open(idOrSlug, TenantRole.ADMIN).tenant();
    }

    /// For ending the tenant, and for bringing it back.
    public TenantRow toOwn(String idOrSlug) {
        return open(idOrSlug, TenantRole.OWNER).tenant();
    }

    /// For reading something else that turns out to be a tenant's: whoever may not must be told about that
    /// thing, never about the tenant.
    public boolean maySee(UUID tenant) {
        return visit(tenant).isPresent();
    }

    /// The same, with what the caller is to the tenant.
    public Optional<Visit> visit(UUID tenant) {
        var found = find(callers.current(), BY_ID, tenant);
        found.ifPresent(visit -> enter(visit.tenant()));
        return found;
    }

    /// The same about somebody who asked before, while an answer goes on.
    public boolean maySee(Caller caller, UUID tenant) {
        return find(caller, BY_ID, tenant).isPresent();
    }

    /// What the caller is to the tenant: empty when the tenant is none of its business. Operators are owners
    /// everywhere, finance looks on everywhere.
    public Optional<TenantRole> roleAt(TenantRow tenant) {
        var caller = callers.current();
        return role(caller, tenant.id(), () -> scopes.inPlatform(() -> memberships.roleOf(caller, tenant.id())));
    }

    private Visit open(String idOrSlug, TenantRole needed) {
        var access = find(callers.current().mustBeSignedIn(), idOrSlug)
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
        return access;
    }

    private Optional<Visit> find(Caller caller, String idOrSlug) {
        var id = Tenants.uuid(idOrSlug);
        if (id.isPresent()) return find(caller, BY_ID, id.get());
        return Slugs.isForm(idOrSlug) ? find(caller, BY_SLUG, idOrSlug) : Optional.empty();
    }

    private Optional<Visit> find(Caller caller, String question, Object which) {
        record Found(Tenant tenant, Optional<TenantRole> member) {}
        var email = caller.email();
        var found = scopes.ask(
                Scope.PLATFORM,
                Query.find(
                        question,
                        row -> new Found(
                                Tenant.of(row),
                                Optional.ofNullable(row.getString("role")).map(TenantRole::of)),
                        email == null ? "" : email,
                        which));
        return found.flatMap(some ->
                role(caller, some.tenant().id, some::member).map(role -> new Visit(tenants.row(some.tenant()), role)));
    }

    private void enter(TenantRow tenant) {
        scopes.enter(new Scope.OfTenant(tenant.id()));
        MDC.put("tenant", tenant.slug());
    }

    private static Optional<TenantRole> role(Caller caller, UUID tenant, Supplier<Optional<TenantRole>> membership) {
        var bound = caller.tenantBound();
        if (bound.isPresent() && !bound.get().equals(tenant)) return Optional.empty();
        if (caller.is(Role.OPERATOR)) return Optional.of(TenantRole.OWNER);
        var member = membership.get();
        return member.isPresent() || !caller.is(Role.FINANCE) ? member : Optional.of(TenantRole.VIEWER);
    }
}
