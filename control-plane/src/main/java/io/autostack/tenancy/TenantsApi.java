package io.autostack.tenancy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.web.Lists;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
class TenantsApi {

    private final Callers callers;
    private final TenantAccess access;
    private final TenantList list;
    private final SignUp signUp;
    private final RetryOnboarding retryOnboarding;
    private final SuspendOrResume suspendOrResume;

    @Inject
    TenantsApi(
            Callers callers,
            TenantAccess access,
            TenantList list,
            SignUp signUp,
            RetryOnboarding retryOnboarding,
            SuspendOrResume suspendOrResume) {
        this.callers = callers;
        this.access = access;
        this.list = list;
        this.signUp = signUp;
        this.retryOnboarding = retryOnboarding;
        this.suspendOrResume = suspendOrResume;
    }

    /// What a client sends to onboard a tenant.
    record Request(
            @Nullable String name,
            @Nullable String slug,
            @Nullable String plan,
            @Nullable String environment,
            @Nullable String database,
            @Nullable String adminEmail) {}

    /// A tenant as the API shows it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tenant(
            UUID id,
            String slug,
            String name,
            String status,
            String plan,
            int planVersion,
            String environment,
            String adminEmail,
            @Nullable String url,
            String placement,
            TenantRow.@Nullable DatabaseFacts database,
            Instant createdAt,
            @Nullable UUID operation) {

        static Tenant of(TenantRow row, @Nullable UUID operation) {
            return new Tenant(
                    row.id(),
                    row.slug(),
                    row.name(),
                    row.status().word(),
                    row.plan().plan(),
                    row.plan().version(),
                    row.environment().word(),
                    row.adminEmail(),
                    row.url().orElse(null),
                    row.placement().word(),
                    row.database().orElse(null),
                    row.createdAt(),
                    operation);
        }
    }

    @GET
    @Operation(summary = "The tenants that you can see, newest first unless sort says otherwise")
    public Response list(
            @Parameter(description = "Words that all occur in name, slug, id or the administrator's e-mail")
                    @RestQuery
                    @Nullable
                    String q,
            @Parameter(description = "provisioning, active, suspended, closing, closed or failed") @RestQuery @Nullable
                    String status,
            @Parameter(description = "The id of a plan") @RestQuery @Nullable String plan,
            @Parameter(description = "name, slug, plan, status or created; with - in front for the other direction")
                    @RestQuery
                    @Nullable
                    String sort,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500"))
                    @RestQuery("page_size")
                    @Nullable
                    String pageSize,
            @RestQuery("page_token") @Nullable String pageToken,
            @Context UriInfo address) {
        var caller = callers.current().mustBeSignedIn();
        var found =
                list.find(caller, Typed.byProgram(q, sort, pageSize, pageToken), new TenantList.Filter(status, plan));
        return Lists.answer("tenants", found.page().map(row -> Tenant.of(row, null)), address);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Onboard a tenant")
    @APIResponse(responseCode = "202", description = "The tenant is being provisioned; follow the operation")
    public Response onboard(@Nullable Request desired) {
        var caller = callers.current().mustBe(Role.OPERATOR);
        if (caller.tenantBound().isPresent())
            throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant and cannot onboard others.")
                    .exception();
        if (desired == null)
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "Send a JSON object with name, slug, plan and adminEmail.")
                    .exception();
        var form = SignUpForm.of(
                desired.name(),
                desired.slug(),
                desired.plan(),
                desired.environment(),
                desired.database(),
                desired.adminEmail());
        return switch (signUp.signUp(caller, form)) {
            case SignUp.Result.Refused(var errors) ->
                throw Problem.fields(errors).exception();
            case SignUp.Result.NoRoom(var capacity) ->
                throw Problem.of(ProblemType.NO_ROOM, capacity.shortage())
                        .with("rooms", capacity.rooms())
                        .exception();
            case SignUp.Result.Accepted(var tenant, var operation) ->
                Response.accepted(Tenant.of(tenant, operation))
                        .location(URI.create("/api/v1/tenants/" + tenant.id()))
                        .build();
        };
    }

    @GET
    @Path("{tenant}")
    @Operation(summary = "One tenant, by id or slug")
    public Tenant get(String tenant) {
        return Tenant.of(access.toSee(tenant), null);
    }

    @POST
    @Path("{tenant}/retry")
    @Operation(summary = "Go on with an onboarding that failed")
    @APIResponse(responseCode = "202", description = "The operation goes on at the step that failed")
    public Response retry(String tenant) {
        var row = access.toAdminister(tenant);
        var operation = retryOnboarding
                .retry(callers.current(), row)
                .orElseThrow(() -> Problem.of(
                                ProblemType.CONFLICT,
                                "Only a failed onboarding can be retried; " + row.name() + " is "
                                        + row.status().word() + ".")
                        .exception());
        return ChangeAnswers.accepted(operation);
    }

    @POST
    @Path("{tenant}/suspend")
    @Operation(summary = "Refuse connections to the tenant; its data stay untouched")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response suspend(String tenant) {
        var row = accessAsOperator(tenant);
        return ChangeAnswers.forProgram(
                row, suspendOrResume.suspend(callers.current(), row), "Only an active tenant can be suspended");
    }

    @POST
    @Path("{tenant}/resume")
    @Operation(summary = "Let a suspended tenant work again")
    @APIResponse(responseCode = "202", description = "Follow the operation")
    public Response resume(String tenant) {
        var row = accessAsOperator(tenant);
        return ChangeAnswers.forProgram(
                row, suspendOrResume.resume(callers.current(), row), "Only a suspended tenant can be resumed");
    }

    /// Suspending is the platform's decision, not the tenant's.
    private TenantRow accessAsOperator(String tenant) {
        var row = access.toSee(tenant);
        callers.current().mustBe(Role.OPERATOR);
        return row;
    }
}
