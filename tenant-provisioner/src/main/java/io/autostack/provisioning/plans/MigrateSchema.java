package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.SchemaReading;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Bringing a tenant's database to a version of the schema. There is no way back: what came before works with what
/// came after, so nothing has to be undone.
@ApplicationScoped
public class MigrateSchema implements OperationKind<MigrateSchema.Request> {

    public static final String KIND = "migrate-schema";

    private final Cloud cloud;

    @Inject
    MigrateSchema(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param change its own id: each attempt is a change of its own
    /// @param rollout of which it is a part
    /// @param target version of the schema
    public record Request(Subject subject, UUID change, UUID rollout, String target) implements TenantRequest {}

    /// The schema at one end of the migration, as its steps have learned it.
    ///
    /// @param end `from` or `to`
    public static SchemaReading.Observed found(Facts learned, String end) {
        return new SchemaReading.Observed(
                learned.find(end + ".version").orElse(""),
                learned.find(end + ".fingerprint").orElse(""));
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
        return "Bring " + request.slug() + " to schema version " + request.target();
    }

    @Override
    public List<Step> steps(Request request) {
        return List.of(
                new Step("look", "Look at the schema's version", () -> inspect(cloud, request.database(), "from")),
                new Step(
                        "migrate",
                        "Migrate to version " + request.target(),
                        () -> cloud.migrateSchema(request.database(), request.target())),
                new Step("check", "Take the schema's fingerprint", () -> inspect(cloud, request.database(), "to")));
    }

    /// Learns the schema of a database for whoever has the tenant's turn.
    static Outcome inspect(Cloud cloud, DatabaseSpec database, String end) {
        return switch (cloud.readSchema(database, true)) {
            case SchemaReading.Observed(var version, var fingerprint) ->
                new Outcome.Done(
                        Map.of("version", version, "fingerprint", fingerprint),
                        Map.of(end + ".version", version, end + ".fingerprint", fingerprint),
                        false);
            case SchemaReading.NotNow(var why) -> new Outcome.NotYet(why, Duration.ofSeconds(2));
            case SchemaReading.Missing(var reason) -> new Outcome.Failed(reason);
        };
    }
}
