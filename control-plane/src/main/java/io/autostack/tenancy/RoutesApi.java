package io.autostack.tenancy;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.shared.Problem;
import io.autostack.shared.Scopes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What the shared application asks: whose host name this is, and how to reach that tenant's database.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "For the tenant application")
class RoutesApi {

    /// Others hold what the platform itself signs in with.
    private static final String OF_TENANTS = "tenants/";

    private static final Set<TenantStatus> SERVED = EnumSet.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED);

    private final Callers callers;
    private final Cloud cloud;
    private final Tenants tenants;
    private final Scopes scopes;
    private final TenancyConfig config;

    @Inject
    RoutesApi(Callers callers, Cloud cloud, Tenants tenants, Scopes scopes, TenancyConfig config) {
        this.config = config;
        this.callers = callers;
        this.cloud = cloud;
        this.tenants = tenants;
        this.scopes = scopes;
    }

    /// Where a host name leads to.
    record Route(
            String host,
            UUID tenant,
            String slug,
            String name,
            String status,
            TenantRow.@Nullable DatabaseFacts database) {}

    /// A secret with its value. For the application role only.
    record SecretValue(String name, String version, Map<String, String> value) {}

    @GET
    @Path("routes/{host}")
    @Operation(
            summary = "Which tenant a host name belongs to",
            description =
                    "A tenant that is closed, or was never set up, keeps its short name: `status` says so, and there"
                            + " is no `database`.")
    public Route route(String host) {
        callers.current().mustBe(Role.APPLICATION, Role.OPERATOR);
        return cloud.findRoute(host)
                .flatMap(tenant -> scopes.inPlatform(() -> tenants.find(tenant)))
                .or(() -> withoutRoute(host))
                .filter(this::isTheirs)
                .map(tenant -> new Route(
                        host,
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        tenant.status().word(),
                        database(tenant).orElse(null)))
                .orElseThrow(() -> Problem.notFound("No tenant has the host name “" + host + "”.")
                        .exception());
    }

    /// Whose short name it is, so that visitors can be told why nothing answers. A tenant that should have a route is
    /// not found here: what lost its route is not served until somebody knows why.
    private Optional<TenantRow> withoutRoute(String host) {
        if (!host.endsWith(config.hostSuffix())) return Optional.empty();
        var slug = host.substring(0, host.length() - config.hostSuffix().length());
        return scopes.inPlatform(() -> tenants.findHolder(slug))
                .filter(tenant -> !SERVED.contains(tenant.status()))
                .map(TenantRow::withoutDatabase);
    }

    @GET
    @Path("secrets/{name:.+}")
    @Operation(summary = "The current value of a secret, for the tenant application")
    public SecretValue secret(String name) {
        callers.current().mustBe(Role.APPLICATION);
        return cloud.readSecret(name)
                .filter(secret -> secret.name().startsWith(OF_TENANTS))
                .filter(secret -> isHandedOut(secret.tenant()))
                .map(secret -> new SecretValue(secret.name(), secret.version(), secret.value()))
                .orElseThrow(() ->
                        Problem.notFound("There is no secret “" + name + "”.").exception());
    }

    /// A tenant that is closed, being closed, gone, or not there yet needs no credentials. One that is suspended keeps
    /// them: its database takes no connections, and an application that waits goes on at once when it is resumed.
    private boolean isHandedOut(UUID owner) {
        return scopes.inPlatform(() -> tenants.find(owner))
                .filter(this::isTheirs)
                .filter(tenant -> SERVED.contains(tenant.status()))
                .isPresent();
    }

    /// A server that was started anew may listen somewhere else than when the database was made.
    private Optional<TenantRow.DatabaseFacts> database(TenantRow tenant) {
        return tenant.database()
                .map(facts -> tenant.databaseSpec()
                        .flatMap(cloud::findAddress)
                        .map(now -> new TenantRow.DatabaseFacts(
                                facts.engine(), now.host(), now.port(), facts.name(), facts.secret()))
                        .orElse(facts));
    }

    private boolean isTheirs(TenantRow tenant) {
        return callers.current().tenantBound().map(tenant.id()::equals).orElse(true);
    }
}
