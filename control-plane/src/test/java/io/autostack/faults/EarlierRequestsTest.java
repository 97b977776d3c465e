package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.EarlierRelease;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.testing.NameServer;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What was asked for in the release before, when the facts of an operation held its request as texts, is read and done
/// as if it had been asked for today: what that release had written down, and what it still writes while it runs beside
/// this one. `earlier-requests.json` holds those facts as that release wrote them.
@QuarkusTest
@Tag("faults")
class EarlierRequestsTest {

    private static final Sizing SMALL = new Sizing(5, Duration.ofSeconds(30));

    /// The last version of the ledger's schema at which requests were among the facts.
    private static final String BEFORE = "202611290299";

    private final Stage stage;
    private final EarlierRelease before;
    private final Cloud cloud;
    private final Instance<OperationKind<?>> kinds;
    private final Map<String, Map<String, String>> facts;

    @Inject
    EarlierRequestsTest(Stage stage, EarlierRelease before, Cloud cloud, @Any Instance<OperationKind<?>> kinds)
            throws IOException {
        this.stage = stage;
        this.before = before;
        this.cloud = cloud;
        this.kinds = kinds;
        try (var file = EarlierRequestsTest.class.getResourceAsStream("earlier-requests.json")) {
            facts = new ObjectMapper().readValue(Objects.requireNonNull(file), new TypeReference<>() {});
        }
    }

    @AfterEach
    void end() throws SQLException {
        TenantRows.forgetAll();
    }

    @Test
    void there_is_no_kind_of_which_nobody_knows_how_the_release_before_wrote_it() {
        assertThat(kinds.stream().map(OperationKind::name)).containsAll(facts.keySet());
    }

    @TestFactory
    Stream<DynamicTest> what_the_release_before_asked_for_is_done() {
        return Stream.concat(Scenario.all().map(Scenario::kind), Stream.of(RotateCredentials.KIND))
                .filter(facts::containsKey)
                .map(kind -> DynamicTest.dynamicTest(kind, () -> {
                    var tenant = prepared(kind);
                    NameServer.running().say("_proof." + tenant.slug() + ".own.localhost", "autostack=" + tenant.id());
                    stage.done(enqueued(kind, tenant, UUID.randomUUID(), facts(kind)));
                }));
    }

    @Test
    void a_move_of_the_release_before_is_read_as_it_was_meant() {
        var tenant = Tenant.fresh();
        var id = UUID.randomUUID();
        var subject = tenant.subject();

        var there = request(MoveToProduction.KIND, tenant, id);
        assertThat(there.change()).isEqualTo(id);
        assertThat(there)
                .usingRecursiveComparison()
                .ignoringFields("to.name", "to.secret")
                .isEqualTo(new MoveToProduction.Request(subject, id, Placement.SHARED, SMALL));
        assertThat(((MoveToProduction.Request) there).to().name()).isEqualTo(subject.database() + "__572662306");

        assertThat(request(RollBackMove.KIND, tenant, id))
                .isEqualTo(new RollBackMove.Request(
                        subject, id, id, new DatabaseSpec(tenant.id(), "OLD", "OLDSECRET", true), SMALL));
    }

    @Test
    void what_older_releases_did_not_write_down_has_the_value_that_it_stood_for() {
        var tenant = Tenant.fresh();
        var onboarding = facts(OpenTenant.KIND);
        for (var later : new String[] {"database.name", "database.secret", "database.placement", "production"})
            onboarding.remove(later);
        var deployment = facts(DeployStack.KIND);
        deployment.remove("databases");

        var opened = noted(OpenTenant.KIND, tenant, tenant.id(), onboarding);
        var request = opened.request(OpenTenant.Request.class);
        var earlier = "tenant_" + tenant.slug().replace('-', '_');
        assertThat(request.database())
                .isEqualTo(
                        new DatabaseSpec(tenant.id(), earlier, tenant.subject().secret(), true)
                                .on(ServerSpec.PRODUCTION));
        assertThat(request.production()).isTrue();

        var deployed = noted(DeployStack.KIND, tenant, UUID.randomUUID(), deployment);
        assertThat(deployed.request(DeployStack.Request.class).app().databases())
                .isEqualTo(Map.of("database", earlier + "__shop"));
    }

    @Test
    void a_release_of_the_release_before_takes_back_what_was_built() throws SQLException {
        var tenant = Tenant.fresh();
        var asked = facts(OpenTenant.KIND);
        var opened = stage.done(enqueued(OpenTenant.KIND, tenant, tenant.id(), asked));
        var release = new TreeMap<>(asked);
        release.put("released.kind", OpenTenant.KIND);
        release.put("released", opened.id().toString());
        release.put("released.title", "Onboard it");

        stage.done(enqueued("release", tenant, opened.id(), release));

        assertThat(cloud.findRoute(tenant.slug() + ".localhost")).isEmpty();
        assertThat(Catalogue.of(tenant.id(), tenant.slug())).isEmpty();
    }

    @Test
    void operations_that_are_there_when_the_release_comes_are_converted() throws SQLException {
        var name = "requests_" + UUID.randomUUID().toString().replace("-", "");
        var tenant = Tenant.fresh();
        try (var admin = Server.asSuperuser("postgres")) {
            execute(admin, "create database " + name + " owner autostack_owner");
            try {
                migrated(name, BEFORE + "?");
                try (var database = Server.asSuperuser(name);
                        var insert = database.prepareStatement("""
                            insert into provisioning.operation (id, tenant_id, kind, title, request_key, facts)
                            values (gen_random_uuid(), ?, ?, 'Asked for before', ? || ':' || gen_random_uuid(), ?::jsonb)
                            """)) {
                    for (var kind : facts.keySet()) {
                        insert.setObject(1, tenant.id());
                        insert.setString(2, kind);
                        insert.setString(3, kind);
                        insert.setString(4, json(tenant, UUID.randomUUID(), facts(kind)));
                        insert.executeUpdate();
                    }
                }
                migrated(name, "latest");
                assertThat(Server.texts(
                                name,
                                "select kind from provisioning.operation where request::text like '%" + tenant.id()
                                        + "%'"))
                        .containsExactlyInAnyOrderElementsOf(facts.keySet());
            } finally {
                execute(admin, "drop database " + name + " with (force)");
            }
        }
    }

    private Tenant prepared(String kind) throws SQLException {
        if (!kind.equals(RotateCredentials.KIND)) return Scenario.of(kind).prepared(stage);
        var tenant = Tenant.fresh();
        stage.done(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));
        return tenant;
    }

    /// May be changed.
    private Map<String, String> facts(String kind) {
        return new TreeMap<>(Objects.requireNonNull(facts.get(kind)));
    }

    private OperationRequest request(String kind, Tenant tenant, UUID change) {
        return noted(kind, tenant, change, facts(kind))
                .find(OperationRequest.class)
                .orElseThrow();
    }

    /// Written down, and nobody works on it.
    private Operation noted(String kind, Tenant tenant, UUID change, Map<String, String> asked) {
        return before.write(kind, tenant.id(), kind + ":" + change, json(tenant, change, asked));
    }

    private UUID enqueued(String kind, Tenant tenant, UUID change, Map<String, String> asked) {
        return before.enqueue(kind, tenant.id(), kind + ":" + change, json(tenant, change, asked));
    }

    private String json(Tenant tenant, UUID change, Map<String, String> asked) {
        try {
            return new ObjectMapper()
                    .writeValueAsString(asked)
                    .replace("TENANT", tenant.id().toString())
                    .replace("CHANGE", change.toString())
                    .replace("CHEX", change.toString().replace("-", ""))
                    .replace("HEX", tenant.id().toString().replace("-", ""))
                    .replace("SLUG", tenant.slug())
                    .replace("VERSION", cloud.baselineVersion());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void migrated(String database, String target) {
        Flyway.configure()
                .dataSource(
                        Server.url(database),
                        Server.setting("AUTOSTACK_DB_OWNER_USER"),
                        Server.setting("AUTOSTACK_DB_OWNER_PASSWORD"))
                .locations("classpath:db/control-plane")
                .placeholders(Map.of("app", Server.setting("AUTOSTACK_DB_USER")))
                .target(target)
                .load()
                .migrate();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
