package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.Apps;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.Names;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.Scopes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Tenants that signed up when names were made from slugs keep theirs, and so do operations that are under way.
@QuarkusTest
@Tag("faults")
class EarlierNamesTest {

    private static final Sizing SMALL = new Sizing(5, Duration.ofSeconds(30));

    private final Stage stage;
    private final Operations operations;
    private final Scopes scopes;
    private final Cloud cloud;

    @Inject
    EarlierNamesTest(Stage stage, Operations operations, Scopes scopes, Cloud cloud) {
        this.stage = stage;
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
                tenant.id(),
                tenant.slug(),
                earlier,
                Names.databaseSecret(tenant.slug()),
                Placement.SHARED,
                ServerSpec.POC,
                "tester");
        stage.done(stage.enqueue(new OpenTenant.Request(subject, tenant.slug() + ".localhost", true, SMALL)));
        var shop = new DeployStack.App("shop", Scenario.stack(), Map.of("database", earlier + "__shop"));
        stage.done(stage.enqueue(new DeployStack.Request(subject, UUID.randomUUID(), shop)));
        stage.done(stage.enqueue(new DeployStack.Request(subject, UUID.randomUUID(), "later", Scenario.stack())));

        var before = databases(earlier);
        assertThat(before).hasSize(3).contains(earlier, earlier + "__shop").noneMatch(name -> name.contains("later"));

        var closing = stage.done(stage.enqueue(closing(subject)));
        assertThat(databases(earlier)).isEmpty();
        stage.done(stage.enqueue(new ReopenTenant.Request(
                subject, UUID.randomUUID(), closing.request(CloseTenant.Request.class), SMALL)));
        assertThat(databases(earlier)).isEqualTo(before);
        assertThat(cloud.readSecret(subject.secret()).orElseThrow().value()).containsEntry("username", earlier);
        assertThat(cloud.findSize(new DatabaseSpec(tenant.id(), earlier, subject.secret(), true)))
                .isPresent();

        stage.done(stage.enqueue(new DeleteTenant.Request(subject, tenant.id())));
        assertThat(databases(earlier)).isEmpty();
    }

    private OperationRequest closing(Subject subject) {
        var apps = scopes.inPlatform(() -> Apps.of(operations, subject.tenant()));
        return new CloseTenant.Request(
                subject,
                UUID.randomUUID(),
                subject.slug() + ".localhost",
                List.of(subject.slug() + ".localhost"),
                SMALL,
                false,
                apps.all());
    }

    private static List<String> databases(String earlier) throws SQLException {
        return Catalogue.texts(
                "postgres", "select datname from pg_database where starts_with(datname, ?) order by 1", earlier);
    }
}
