package io.autostack.tenancy;

import io.autostack.plans.PlanVersion;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.Subject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A tenant as others see it.
///
/// @param plan the plan version the tenant is on, with price and limits as they were published
/// @param placement which server its database is on, or will be
/// @param database empty until the database is there
public record TenantRow(
        UUID id,
        String slug,
        String name,
        TenantStatus status,
        PlanVersion plan,
        Environment environment,
        Placement placement,
        String adminEmail,
        Optional<String> url,
        Optional<DatabaseFacts> database,
        Instant createdAt) {

    /// Where its application answers, or says that it is suspended; empty before it is set up and once it is closed.
    Optional<String> address() {
        return url.filter(any -> status == TenantStatus.ACTIVE || status == TenantStatus.SUSPENDED);
    }

    /// Where the tenant's database is; the secret's name, never its value.
    public record DatabaseFacts(String engine, String host, int port, String name, String secret) {

        /// Of a database that an operation has made.
        ///
        /// @param learned by its steps: the server
        public static DatabaseFacts of(DatabaseSpec made, Facts learned) {
            return new DatabaseFacts(
                    "postgresql",
                    learned.get("database.host"),
                    Integer.parseInt(learned.get("database.port")),
                    made.name(),
                    made.secret());
        }
    }

    TenantRow withoutDatabase() {
        return new TenantRow(
                id, slug, name, status, plan, environment, placement, adminEmail, url, Optional.empty(), createdAt);
    }

    /// The database as the cloud is asked for it; empty until it is there.
    public Optional<DatabaseSpec> databaseSpec() {
        return database.map(facts -> new DatabaseSpec(id, facts.name(), facts.secret(), true, placement, server()));
    }

    /// What a database server of its own is like.
    ServerSpec server() {
        return ServerSpec.of(environment == Environment.PRODUCTION);
    }

    /// The size of its plan.
    public Sizing sizing() {
        return sizing(plan);
    }

    /// The size that comes with a plan.
    public static Sizing sizing(PlanVersion plan) {
        return new Sizing(plan.size().connections(), plan.size().statementTimeout());
    }

    /// The tenant as an operation is told about it.
    public Subject subject(String requestedBy) {
        return new Subject(
                id,
                slug,
                database.map(DatabaseFacts::name).orElseGet(() -> Names.database(id)),
                database.map(DatabaseFacts::secret).orElseGet(() -> Names.databaseSecret(slug)),
                placement,
                server(),
                requestedBy);
    }
}
