package io.autostack.provisioning.plans;

import io.autostack.provisioning.Billable;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Opening a tenant: credentials, a database of its own, a host name, and a check whether it all works together.
@ApplicationScoped
public class OpenTenant implements OperationKind {

    public static final String KIND = "open-tenant";

    private final Cloud cloud;

    @Inject
    OpenTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param slug the tenant's short name
    /// @param host the tenant's host name at the shared application
    /// @param production false for a proof of concept
    /// @param sizing of the plan that the tenant begins with
    /// @param placement which server its database goes to
    /// @param requestedBy who asked, for history
    public static OperationRequest request(
            UUID tenant,
            String slug,
            String host,
            boolean production,
            Sizing sizing,
            Placement placement,
            String requestedBy) {
        return new OperationRequest(
                KIND,
                tenant,
                KIND + ":" + tenant,
                Facts.of(Map.of(
                                "tenant",
                                tenant.toString(),
                                "slug",
                                slug,
                                "host",
                                host,
                                "production",
                                Boolean.toString(production),
                                "database.name",
                                Names.database(tenant),
                                "database.secret",
                                Names.databaseSecret(slug),
                                "database.placement",
                                placement.word(),
                                "requestedBy",
                                requestedBy))
                        .plus(SizingFacts.of(sizing)));
    }

    /// The schema that the database began with; empty words when nobody has read it.
    public static SchemaReading.Observed schema(Facts facts) {
        return MigrateSchema.found(facts, "schema");
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Onboard " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step(
                                "secret",
                                "Generate credentials and seal them in the secret store",
                                facts -> cloud.ensureSecret(
                                        tenant(facts),
                                        facts.get("database.secret"),
                                        Map.of("username", facts.get("database.name"), "password", Passwords.next())))
                        .compensatedBy(facts -> cloud.removeSecret(tenant(facts), facts.get("database.secret")))
                        .billedAs(new Billable.SecretEntry()),
                new Step(
                                "database",
                                asked.find("database.placement").equals(Optional.of(Placement.DEDICATED.word()))
                                        ? "Start a server of the tenant's own, create role and database in it"
                                        : "Create the tenant's own role and database",
                                facts -> cloud.ensureDatabase(database(facts)))
                        .compensatedBy(facts -> cloud.removeDatabase(database(facts)))
                        .billedAs(new Billable.DatabaseServer(asked.find("production")
                                .map(Boolean::parseBoolean)
                                .orElse(true))),
                new Step(
                        "size",
                        "Give the database the size of the plan",
                        facts -> cloud.sizeDatabase(database(facts), SizingFacts.read(facts))),
                new Step(
                                "check",
                                "Sign in as the tenant and check the database",
                                facts -> cloud.checkDatabase(database(facts)))
                        .mayBeSkipped(),
                new Step(
                                "route",
                                "Give the tenant its address",
                                facts -> cloud.ensureRoute(tenant(facts), facts.get("host")))
                        .compensatedBy(facts -> cloud.removeRoute(tenant(facts), facts.get("host"))));
    }

    private static DatabaseSpec database(Facts facts) {
        return new DatabaseSpec(
                tenant(facts),
                facts.get("database.name"),
                facts.get("database.secret"),
                true,
                ChangeTenant.placement(facts));
    }

    private static UUID tenant(Facts facts) {
        return UUID.fromString(facts.get("tenant"));
    }
}
