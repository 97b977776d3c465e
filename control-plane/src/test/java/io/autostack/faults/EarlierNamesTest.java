package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.Apps;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.Scopes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Tenants that signed up when names were made from slugs keep theirs, and so do operations that are under way.
@QuarkusTest
class EarlierNamesTest {

    private static final Sizing SMALL = new Sizing(5, Duration.ofSeconds(30));

    private final Stage stage;
    private final DeployStack deployStack;
    private final Operations operations;
    private final Scopes scopes;
    private final Cloud cloud;

    @Inject
    EarlierNamesTest(Stage stage, DeployStack deployStack, Operations operations, Scopes scopes, Cloud cloud) {
        this.stage = stage;
        this.deployStack = deployStack;
        this.operations = operations;
        this.scopes = scopes;
        this.cloud = cloud;
    }

    @Test
    void s04_a_tenant_of_before_keeps_its_name_through_deployment_closing_and_reopening_and_leaves_nothing()
            throws SQLException {
        var tenant = Tenant.fresh();
        var earlier = "tenant_" + tenant.slug();
        var subject = new Subject(
                tenant.id(), tenant.slug(), earlier, Names.databaseSecret(tenant.slug()), Placement.SHARED, "tester");
        stage.done(stage.enqueue(with(Scenario.of("open-tenant").request().apply(tenant), "database.name", earlier)));
        stage.done(stage.enqueue(
                without(deployStack.request(subject, UUID.randomUUID(), "shop", Scenario.stack()), "databases")));
        stage.done(stage.enqueue(deployStack.request(subject, UUID.randomUUID(), "later", Scenario.stack())));

        var before = databases(earlier);
        assertThat(before).hasSize(3).contains(earlier, earlier + "__shop").noneMatch(name -> name.contains("later"));

        var closing = stage.done(stage.enqueue(closing(subject)));
        assertThat(databases(earlier)).isEmpty();
        stage.done(stage.enqueue(ReopenTenant.request(subject, UUID.randomUUID(), closing.facts(), SMALL)));
        assertThat(databases(earlier)).isEqualTo(before);
        assertThat(cloud.readSecret(subject.secret()).orElseThrow().value()).containsEntry("username", earlier);
        assertThat(cloud.findSize(new DatabaseSpec(tenant.id(), earlier, subject.secret(), true)))
                .isPresent();

        stage.done(stage.enqueue(DeleteTenant.request(subject, tenant.id())));
        assertThat(databases(earlier)).isEmpty();
    }

    private OperationRequest closing(Subject subject) {
        var apps = scopes.inPlatform(() -> Apps.of(operations, subject.tenant()));
        return CloseTenant.request(
                subject,
                UUID.randomUUID(),
                subject.slug() + ".localhost",
                List.of(subject.slug() + ".localhost"),
                SMALL,
                false,
                apps);
    }

    private static List<String> databases(String earlier) throws SQLException {
        return Catalogue.texts(
                "postgres", "select datname from pg_database where starts_with(datname, ?) order by 1", earlier);
    }

    private static OperationRequest with(OperationRequest request, String fact, String value) {
        return new OperationRequest(
                request.kind(),
                request.tenant(),
                request.requestKey(),
                request.facts().plus(Map.of(fact, value)));
    }

    private static OperationRequest without(OperationRequest request, String fact) {
        var facts = new TreeMap<>(request.facts().values());
        facts.remove(fact);
        return new OperationRequest(request.kind(), request.tenant(), request.requestKey(), Facts.of(facts));
    }
}
