package io.autostack.tenancy.domains;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.RemoveDomain;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.ChangeRequest;
import io.autostack.tenancy.ChangeRequest.Change;
import io.autostack.tenancy.TenancyConfig;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Claims, proves and gives back a tenant's domains.
@ApplicationScoped
class DomainChanges {

    static final int MAX = 50;

    private static final Pattern WRITTEN_DOWN = Pattern.compile("[a-z0-9.-]{1,253}");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> RIVALS = Set.of(AddDomain.KIND, RemoveDomain.KIND);

    private final Domains domains;
    private final Tenants tenants;
    private final ChangeRequest request;
    private final TenancyConfig config;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    DomainChanges(
            Domains domains, Tenants tenants, ChangeRequest request, TenancyConfig config, Audit audit, Scopes scopes) {
        this.domains = domains;
        this.tenants = tenants;
        this.request = request;
        this.config = config;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// What can come of a claim.
    sealed interface Claim {

        /// @param fresh false when the tenant had claimed it before
        record Made(DomainRow domain, boolean fresh) implements Claim {}

        record Refused(String message) implements Claim {}

        record ProvenBySomebodyElse(String name) implements Claim {}

        record TooMany() implements Claim {}

        record NotFrom(TenantStatus status) implements Claim {}
    }

    /// What can come of proving or giving back.
    sealed interface Answer {

        record Asked(ChangeRequest.Result result) implements Answer {}

        record NoSuchDomain() implements Answer {}

        record AlreadyVerified() implements Answer {}

        record ProvenBySomebodyElse() implements Answer {}
    }

    @Transactional
    public Claim claim(Caller caller, TenantRow asked, String given) {
        return switch (DomainName.of(given, config.hostSuffix())) {
            case DomainName.Refused(var message) -> new Claim.Refused(message);
            case DomainName.Valid(var name) -> claimName(caller, asked, name);
        };
    }

    private Claim claimName(Caller caller, TenantRow asked, String name) {
        var tenant = tenants.lock(asked.id());
        if (tenant.status() != TenantStatus.ACTIVE) return new Claim.NotFrom(tenant.status());
        var before = domains.find(tenant.id(), name);
        if (before.isPresent()) return new Claim.Made(before.get(), false);
        if (scopes.inPlatform(() -> domains.isProvenBySomebodyElse(tenant.id(), name)))
            return new Claim.ProvenBySomebodyElse(name);
        if (domains.of(tenant.id()).size() >= MAX) return new Claim.TooMany();
        var domain = domains.claim(tenant.id(), name, challenge());
        audit.record(
                caller.actor(),
                tenant.id(),
                "domain.claimed",
                "domain",
                name,
                Map.of("slug", tenant.slug(), "domain", name));
        return new Claim.Made(domain, true);
    }

    Answer verify(Caller caller, TenantRow tenant, String given) {
        var domain = find(tenant, given);
        if (domain == null) return new Answer.NoSuchDomain();
        if (domain.verified()) return new Answer.AlreadyVerified();
        if (scopes.inPlatform(() -> domains.isProvenBySomebodyElse(tenant.id(), domain.name())))
            return new Answer.ProvenBySomebodyElse();
        return new Answer.Asked(request.ask(
                caller,
                tenant,
                new Change(
                        Set.of(TenantStatus.ACTIVE),
                        RIVALS,
                        "domain.verification-requested",
                        Map.of("domain", domain.name()),
                        (subject, change) -> new AddDomain.Request(
                                subject, change, domain.name(), domain.record(), domain.challenge()))));
    }

    Answer remove(Caller caller, TenantRow tenant, String given) {
        var domain = find(tenant, given);
        if (domain == null) return new Answer.NoSuchDomain();
        return new Answer.Asked(request.ask(
                caller,
                tenant,
                new Change(
                        Set.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED),
                        RIVALS,
                        "domain.removal-requested",
                        Map.of("domain", domain.name()),
                        (subject, change) ->
                                new RemoveDomain.Request(subject, change, domain.name(), domain.verified()))));
    }

    /// As it is written down, which may be by an earlier rule, or as it was claimed; null when the tenant has no such
    /// domain.
    @Nullable
    DomainRow find(TenantRow tenant, String given) {
        return scopes.inTenant(tenant.id(), () -> asWritten(tenant, given).or(() -> asClaimed(tenant, given)))
                .orElse(null);
    }

    private Optional<DomainRow> asWritten(TenantRow tenant, String given) {
        return WRITTEN_DOWN.matcher(given).matches() ? domains.find(tenant.id(), given) : Optional.empty();
    }

    private Optional<DomainRow> asClaimed(TenantRow tenant, String given) {
        return DomainName.of(given, config.hostSuffix()) instanceof DomainName.Valid(var name)
                ? domains.find(tenant.id(), name)
                : Optional.empty();
    }

    private static String challenge() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return "autostack=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
