package io.autostack.tenancy.domains;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.identity.Callers;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.ChangeAnswers;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants/{tenant}/domains")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Domains")
class DomainsApi {

    private final Callers callers;
    private final TenantAccess access;
    private final Domains domains;
    private final DomainChanges changes;
    private final Scopes scopes;

    @Inject
    DomainsApi(Callers callers, TenantAccess access, Domains domains, DomainChanges changes, Scopes scopes) {
        this.callers = callers;
        this.access = access;
        this.domains = domains;
        this.changes = changes;
        this.scopes = scopes;
    }

    /// Which domain a client wants.
    record Request(@Nullable String domain) {}

    /// The TXT record that proves whose domain it is.
    record TxtRecord(String type, String name, String value) {}

    /// A domain as the API shows it.
    ///
    /// @param domain in Punycode, as it is asked for
    /// @param written as people write it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DomainJson(
            String domain,
            String written,
            String status,
            TxtRecord record,
            Instant createdAt,
            @Nullable Instant verifiedAt) {

        static DomainJson of(DomainRow row) {
            return new DomainJson(
                    row.name(),
                    row.written(),
                    row.status(),
                    new TxtRecord("TXT", row.record(), row.challenge()),
                    row.createdAt(),
                    row.verifiedAt().orElse(null));
        }
    }

    @GET
    @Operation(summary = "The tenant's domains, claimed and verified")
    public Map<String, List<DomainJson>> list(String tenant) {
        var row = access.toSee(tenant);
        return Map.of(
                "domains",
                scopes.inTenant(row.id(), () -> domains.of(row.id())).stream()
                        .map(DomainJson::of)
                        .toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Claim a domain; the answer says which TXT record proves it")
    @APIResponse(responseCode = "201", description = "Set the record, then verify")
    @APIResponse(responseCode = "200", description = "It was claimed before; the record is the same")
    public Response claim(String tenant, @Nullable Request desired) {
        var row = access.toAdminister(tenant);
        var given = desired == null || desired.domain() == null ? "" : desired.domain();
        return switch (changes.claim(callers.current(), row, given)) {
            case DomainChanges.Claim.Made(var domain, var fresh) -> {
                var address = URI.create("/api/v1/tenants/" + row.slug() + "/domains/" + domain.name());
                yield (fresh ? Response.created(address) : Response.ok().location(address))
                        .entity(DomainJson.of(domain))
                        .build();
            }
            case DomainChanges.Claim.Refused(var message) ->
                throw Problem.field("domain", message).exception();
            case DomainChanges.Claim.ProvenBySomebodyElse(var name) -> throw proven(name);
            case DomainChanges.Claim.TooMany() ->
                throw conflict("A tenant may have " + DomainChanges.MAX + " domains. Remove one first.");
            case DomainChanges.Claim.NotFrom(var status) ->
                throw conflict(
                        "Only an active tenant can claim a domain; " + row.name() + " is " + status.word() + ".");
        };
    }

    @GET
    @Path("{domain}")
    @Operation(summary = "One domain and the TXT record that proves it")
    public DomainJson get(String tenant, String domain) {
        var found = changes.find(access.toSee(tenant), domain);
        if (found == null) throw noSuchDomain(domain);
        return DomainJson.of(found);
    }

    @POST
    @Path("{domain}/verify")
    @Operation(summary = "Look for the TXT record, and let the domain lead to the tenant")
    @APIResponse(responseCode = "202", description = "Follow the operation; it says what was found and expected")
    public Response verify(String tenant, String domain) {
        var row = access.toAdminister(tenant);
        return answer(
                row,
                domain,
                changes.verify(callers.current(), row, domain),
                "Only an active tenant's domains can be verified");
    }

    @DELETE
    @Path("{domain}")
    @Operation(summary = "Give a domain back; it leads to the tenant no more")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response remove(String tenant, String domain) {
        var row = access.toAdminister(tenant);
        return answer(
                row,
                domain,
                changes.remove(callers.current(), row, domain),
                "Only an active or suspended tenant's domains can be removed");
    }

    private static Response answer(TenantRow row, String domain, DomainChanges.Answer answer, String rule) {
        return switch (answer) {
            case DomainChanges.Answer.Asked(var result) -> ChangeAnswers.forProgram(row, result, rule);
            case DomainChanges.Answer.NoSuchDomain() -> throw noSuchDomain(domain);
            case DomainChanges.Answer.AlreadyVerified() -> throw conflict(domain + " is verified already.");
            case DomainChanges.Answer.ProvenBySomebodyElse() -> throw proven(domain);
        };
    }

    static RuntimeException noSuchDomain(String domain) {
        return Problem.notFound("This tenant has no domain “" + domain + "”.").exception();
    }

    private static RuntimeException proven(String domain) {
        return conflict(domain + " is proven by somebody else on this platform. If it is yours, ask an operator.");
    }

    private static RuntimeException conflict(String detail) {
        return Problem.of(ProblemType.CONFLICT, detail).exception();
    }
}
