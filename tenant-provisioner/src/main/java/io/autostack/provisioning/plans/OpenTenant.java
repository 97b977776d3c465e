package io.autostack.provisioning.plans;

import io.autostack.provisioning.Billable;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Opening a tenant: credentials, a database of its own, a host name, and a check whether it all works together.
@ApplicationScoped
public class OpenTenant implements OperationKind<OpenTenant.Request> {

    public static final String KIND = "open-tenant";

    private final Cloud cloud;

    @Inject
    OpenTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// A tenant is opened once.
    ///
    /// @param subject with the names that its database gets
    /// @param host the tenant's host name at the shared application
    /// @param production false for a proof of concept
    /// @param sizing of the plan that the tenant begins with
    public record Request(Subject subject, String host, boolean production, Sizing sizing) implements TenantRequest {

        /// Earlier versions said it here and nowhere else.
        public Request {
            if (production && subject.server().equals(ServerSpec.POC)) subject = subject.on(ServerSpec.PRODUCTION);
        }

        @Override
        public UUID change() {
            return tenant();
        }
    }

    /// The schema that the database began with; empty words when nobody has read it.
    public static SchemaReading.Observed schema(Facts learned) {
        return MigrateSchema.found(learned, "schema");
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Onboard " + request.slug();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public List<Step> steps(Request request) {
        var database = request.database();
        return List.of(
                new Step(
                                "secret",
                                "Generate credentials and seal them in the secret store",
                                () -> cloud.ensureSecret(
                                        database.tenant(),
                                        database.secret(),
                                        Map.of("username", database.name(), "password", Passwords.next())))
                        .compensatedBy(() -> cloud.removeSecret(database.tenant(), database.secret()))
                        .billedAs(new Billable.SecretEntry()),
                new Step(
                                "database",
                                database.placement() == Placement.DEDICATED
                                        ? "Start a server of the tenant's own, create role and database in it"
                                        : "Create the tenant's own role and database",
                                () -> cloud.ensureDatabase(database))
                        .compensatedBy(() -> cloud.removeDatabase(database))
                        .billedAs(new Billable.DatabaseServer(database.server())),
                new Step(
                        "size",
                        "Give the database the size of the plan",
                        () -> cloud.sizeDatabase(database, request.sizing())),
                new Step("check", "Sign in as the tenant and check the database", () -> cloud.checkDatabase(database))
                        .mayBeSkipped(),
                new Step(
                                "route",
                                "Give the tenant its address",
                                () -> cloud.ensureRoute(request.tenant(), request.host()))
                        .compensatedBy(() -> cloud.removeRoute(request.tenant(), request.host())));
    }
}
