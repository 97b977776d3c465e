package io.autostack.faults;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Replicas;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.BackUpTenant;
import io.autostack.provisioning.plans.ChangePlan;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DecommissionDatabase;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.RemoveBackup;
import io.autostack.provisioning.plans.RemoveDomain;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.provisioning.plans.RestoreDrill;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.RetireDatabase;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.provisioning.plans.StackComponent;
import io.autostack.provisioning.plans.Subject;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.testing.Exhaustive;
import io.autostack.testing.NameServer;
import io.autostack.testing.Onboarding;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an operation of each kind is prepared and asked for: one entry for each kind, except for those whose
/// request needs nothing but an open tenant.
///
/// @param before what the tenant has gone through already
record Scenario(String kind, List<String> before, Function<Scenario.Tenant, OperationRequest> request) {

    static final Sizing SMALL = new Sizing(5, Duration.ofSeconds(30));
    private static final Sizing LARGE = new Sizing(20, Duration.ofSeconds(60));

    /// What is completed by looking the tenant up.
    private static final Set<String> WITH_A_ROW = Set.of(
            BackUpTenant.KIND,
            RemoveBackup.KIND,
            RestoreTenant.KIND,
            RestoreDrill.KIND,
            RetireDatabase.KIND,
            DecommissionDatabase.KIND);

    /// One that makes everything, one that copies a database, and one of many components.
    private static final Set<String> DIFFERENT_ENOUGH = Set.of(OpenTenant.KIND, RestoreTenant.KIND, DeployStack.KIND);

    /// Told in `LostAnswersTest`: a rotation keeps two versions of a secret.
    private static final String ELSEWHERE = RotateCredentials.KIND;

    private static final List<Scenario> LISTED = List.of(
            new Scenario(
                    OpenTenant.KIND,
                    List.of(),
                    tenant -> new OpenTenant.Request(tenant.subject(), tenant.slug() + ".localhost", true, SMALL)),
            new Scenario(
                    ResumeTenant.KIND,
                    List.of(OpenTenant.KIND, SuspendTenant.KIND),
                    tenant -> new ResumeTenant.Request(tenant.subject(), UUID.randomUUID())),
            new Scenario(
                    ChangePlan.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new ChangePlan.Request(
                            tenant.subject(),
                            UUID.randomUUID(),
                            new ChangePlan.Target("starter", 1, SMALL),
                            new ChangePlan.Target("professional", 1, LARGE))),
            new Scenario(CloseTenant.KIND, List.of(OpenTenant.KIND), Scenario::closing),
            new Scenario(
                    ReopenTenant.KIND,
                    List.of(OpenTenant.KIND, CloseTenant.KIND),
                    tenant -> new ReopenTenant.Request(tenant.subject(), UUID.randomUUID(), closing(tenant), SMALL)),
            new Scenario(
                    DeleteTenant.KIND,
                    List.of(OpenTenant.KIND, CloseTenant.KIND),
                    tenant -> new DeleteTenant.Request(tenant.subject(), tenant.id())),
            new Scenario(
                    MigrateSchema.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new MigrateSchema.Request(
                            tenant.subject(),
                            UUID.randomUUID(),
                            UUID.randomUUID(),
                            CDI.current().select(Cloud.class).get().baselineVersion())),
            new Scenario(
                    RepairTenant.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new RepairTenant.Request(
                            tenant.subject(),
                            UUID.randomUUID(),
                            EnumSet.allOf(RepairTenant.Part.class),
                            new RepairTenant.Target(SMALL, true, List.of(tenant.slug() + ".localhost")))),
            new Scenario(AddDomain.KIND, List.of(OpenTenant.KIND), Scenario::adding),
            new Scenario(
                    RemoveDomain.KIND,
                    List.of(OpenTenant.KIND, AddDomain.KIND),
                    tenant -> new RemoveDomain.Request(tenant.subject(), UUID.randomUUID(), domain(tenant), true)),
            new Scenario(
                    BackUpTenant.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new BackUpTenant.Request(tenant.subject(), tenant.id())),
            new Scenario(
                    RemoveBackup.KIND,
                    List.of(OpenTenant.KIND, BackUpTenant.KIND),
                    tenant -> new RemoveBackup.Request(
                            tenant.subject(), UUID.randomUUID(), tenant.id(), Names.snapshot(tenant.id()))),
            new Scenario(
                    RestoreTenant.KIND,
                    List.of(OpenTenant.KIND, BackUpTenant.KIND),
                    tenant -> new RestoreTenant.Request(
                            tenant.subject(),
                            UUID.randomUUID(),
                            tenant.id(),
                            Names.snapshot(tenant.id()),
                            SMALL,
                            false)),
            new Scenario(
                    RestoreDrill.KIND,
                    List.of(OpenTenant.KIND, BackUpTenant.KIND),
                    tenant -> new RestoreDrill.Request(
                            tenant.subject(), UUID.randomUUID(), tenant.id(), Names.snapshot(tenant.id()))),
            new Scenario(
                    RetireDatabase.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new RetireDatabase.Request(tenant.subject(), UUID.randomUUID())),
            new Scenario(
                    DecommissionDatabase.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new DecommissionDatabase.Request(
                            tenant.subject(), UUID.randomUUID(), UUID.randomUUID(), Optional.empty())),
            new Scenario(
                    DeployStack.KIND,
                    List.of(OpenTenant.KIND),
                    tenant -> new DeployStack.Request(tenant.subject(), UUID.randomUUID(), "shop", stack())));

    /// A tenant that nobody else uses.
    record Tenant(UUID id, String slug) {

        static Tenant fresh() {
            return new Tenant(UUID.randomUUID(), Onboarding.freshSlug());
        }

        Subject subject() {
            return new Subject(
                    id,
                    slug,
                    Names.database(id),
                    Names.databaseSecret(slug),
                    Placement.SHARED,
                    ServerSpec.POC,
                    "tester");
        }
    }

    static Stream<Scenario> all() {
        return Stream.concat(LISTED.stream(), unlisted());
    }

    /// Asked for with the tenant and an id, as the record says.
    private static Stream<Scenario> unlisted() {
        var listed = LISTED.stream().map(Scenario::kind).collect(Collectors.toSet());
        return CDI.current().select(new TypeLiteral<OperationKind<?>>() {}, Any.Literal.INSTANCE).stream()
                .filter(kind -> !listed.contains(kind.name()) && !kind.name().equals(ELSEWHERE))
                .filter(kind -> Stream.of(kind.request().getRecordComponents())
                        .map(RecordComponent::getType)
                        .toList()
                        .equals(List.of(Subject.class, UUID.class)))
                .map(kind ->
                        new Scenario(kind.name(), List.of(OpenTenant.KIND), tenant -> request(kind.request(), tenant)));
    }

    private static <R extends OperationRequest> R request(Class<R> type, Tenant tenant) {
        try {
            return type.getConstructor(Subject.class, UUID.class).newInstance(tenant.subject(), UUID.randomUUID());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a public record of a tenant and an id", e);
        }
    }

    /// All of them, or those that `-Dautostack.test.kinds=` names.
    static Stream<Scenario> chosen() {
        var named = Set.of(System.getProperty("autostack.test.kinds", "").split(","));
        return all().filter(scenario -> named.contains("") || named.contains(scenario.kind()));
    }

    static Scenario of(String kind) {
        return all().filter(scenario -> scenario.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /// A tenant of which this kind of operation can be asked.
    Tenant prepared(Stage stage) throws SQLException {
        var tenant = Tenant.fresh();
        if (WITH_A_ROW.contains(kind)) TenantRows.add(tenant);
        for (var earlier : before)
            stage.done(stage.enqueue(of(earlier).request().apply(tenant)));
        return tenant;
    }

    /// A lost answer and damage are tried on each step of each kind, work that nobody knows of on a few kinds, and what
    /// the engine does alone on one.
    boolean meets(Trouble trouble) {
        if (Exhaustive.isAsked()) return true;
        if (trouble.isTheEnginesBusiness()) return kind.equals(OpenTenant.KIND);
        return !trouble.leavesWorkBehind() || DIFFERENT_ENOUGH.contains(kind);
    }

    /// There is no way back from a removal.
    boolean canBeReleased() {
        return !Set.of(DeleteTenant.KIND, RemoveBackup.KIND, RetireDatabase.KIND, DecommissionDatabase.KIND)
                .contains(kind);
    }

    /// The name server says so as well.
    private static OperationRequest adding(Tenant tenant) {
        var record = "_proof." + domain(tenant);
        NameServer.running().say(record, "autostack=" + tenant.id());
        return new AddDomain.Request(
                tenant.subject(), UUID.randomUUID(), domain(tenant), record, "autostack=" + tenant.id());
    }

    private static String domain(Tenant tenant) {
        return tenant.slug() + ".own.localhost";
    }

    private static CloseTenant.Request closing(Tenant tenant) {
        return new CloseTenant.Request(
                tenant.subject(),
                tenant.id(),
                tenant.slug() + ".localhost",
                List.of(tenant.slug() + ".localhost"),
                SMALL,
                false,
                List.of());
    }

    static DeployStack.Stack stack() {
        return new DeployStack.Stack(
                List.of(new StackComponent.Secret("credentials", List.of("password"))),
                List.of(new StackComponent.Database("database", "credentials")),
                List.of(new StackComponent.Bucket("files")),
                List.of(new StackComponent.Container(
                        "web",
                        "docker.io/library/nginx:1",
                        List.of(),
                        BigDecimal.ONE,
                        256,
                        Replicas.ONE,
                        8080,
                        Optional.of("/"),
                        Map.of(),
                        Map.of("PASSWORD", List.of("credentials", "password")),
                        Map.of("DATABASE_URL", "database"))));
    }
}
