package io.autostack.tenancy.domains;

import io.autostack.identity.Callers;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantParts;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.tenancy.DomainsPage;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/// A tenant's domains, each with the record to set and what can be done about it.
@Path("/tenants/{tenant}/domains")
@Produces(MediaType.TEXT_HTML)
class DomainPages {

    private static final String PROVEN = "is proven by somebody else on this platform; if it is yours, ask an operator";

    private final Callers callers;
    private final TenantAccess access;
    private final Domains domains;
    private final DomainChanges changes;
    private final Scopes scopes;
    private final CloudDescription cloud;
    private final Frames frames;

    @Inject
    DomainPages(
            Callers callers,
            TenantAccess access,
            Domains domains,
            DomainChanges changes,
            Scopes scopes,
            CloudDescription cloud,
            Frames frames) {
        this.callers = callers;
        this.access = access;
        this.domains = domains;
        this.changes = changes;
        this.scopes = scopes;
        this.cloud = cloud;
        this.frames = frames;
    }

    @GET
    public TemplateInstance list(String tenant) {
        return page(access.toAdminister(tenant), "", null, null);
    }

    @POST
    public Response claim(String tenant, @RestForm @Nullable String domain) {
        var row = access.toAdminister(tenant);
        var given = domain == null ? "" : domain.strip();
        return switch (changes.claim(callers.current(), row, given)) {
            case DomainChanges.Claim.Made made -> toList(row);
            case DomainChanges.Claim.Refused(var message) -> again(422, page(row, given, message, null));
            case DomainChanges.Claim.ProvenBySomebodyElse(var name) -> again(409, page(row, given, PROVEN, null));
            case DomainChanges.Claim.TooMany() ->
                again(409, page(row, given, null, "There are " + DomainChanges.MAX + " domains. Remove one first."));
            case DomainChanges.Claim.NotFrom(var status) ->
                again(
                        409,
                        page(
                                row,
                                given,
                                null,
                                "Only an active tenant can claim a domain; this one is " + status.word() + "."));
        };
    }

    @POST
    @Path("{domain}/verify")
    public Response verify(String tenant, String domain) {
        var row = access.toAdminister(tenant);
        return answer(row, domain, changes.verify(callers.current(), row, domain));
    }

    @POST
    @Path("{domain}/remove")
    public Response remove(String tenant, String domain) {
        var row = access.toAdminister(tenant);
        return answer(row, domain, changes.remove(callers.current(), row, domain));
    }

    private Response answer(TenantRow row, String domain, DomainChanges.Answer answer) {
        return switch (answer) {
            case DomainChanges.Answer.Asked(var result) -> ChangeAnswers.forPerson(row, result);
            case DomainChanges.Answer.NoSuchDomain() -> throw DomainsApi.noSuchDomain(domain);
            case DomainChanges.Answer.AlreadyVerified() -> toList(row);
            case DomainChanges.Answer.ProvenBySomebodyElse() ->
                again(409, page(row, "", null, domain + " " + PROVEN + "."));
        };
    }

    private static Response toList(TenantRow row) {
        return Response.seeOther(URI.create("/tenants/" + row.slug() + "/domains"))
                .build();
    }

    private static Response again(int status, TemplateInstance page) {
        return Response.status(status).entity(page.render()).build();
    }

    private DomainsPage page(TenantRow row, String given, @Nullable String problem, @Nullable String refusal) {
        return new DomainsPage(
                frames.frame("Domains of " + row.name()),
                TenantParts.tabs(row, TenantTab.DOMAINS, true),
                row.name(),
                row.slug(),
                row.status() == TenantStatus.ACTIVE,
                scopes.inTenant(row.id(), () -> domains.of(row.id())).stream()
                        .map(DomainPages::part)
                        .toList(),
                new DomainsPage.Form(given, problem),
                refusal,
                cloud.limits().domains().orElse(null));
    }

    private static DomainsPage.Domain part(DomainRow row) {
        return new DomainsPage.Domain(
                row.name(),
                row.written(),
                Badge.status(row.status()),
                row.verified(),
                row.record(),
                row.challenge(),
                row.createdAt(),
                row.verifiedAt().orElse(null));
    }
}
