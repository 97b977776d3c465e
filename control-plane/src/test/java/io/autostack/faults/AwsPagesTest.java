package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.operations.OperationParts;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.testing.Callers;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.autostack.ui.operations.Operation.Recovery;
import io.autostack.ui.operations.Step;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What pages and hints say where the cloud is AWS.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsPagesTest {

    private static final String WARNING = "autostack.aws.database-tls is off";

    private final Stage stage;
    private final Cloud cloud;
    private final CloudDescription description;
    private final OperationParts parts;

    @Inject
    AwsPagesTest(Stage stage, Cloud cloud, CloudDescription description, OperationParts parts) {
        this.stage = stage;
        this.cloud = cloud;
        this.description = description;
        this.parts = parts;
    }

    @BeforeEach
    void emulator() {
        assumeTrue(AwsPlatform.isThere(), AwsPlatform.MISSING);
    }

    @AfterEach
    void end() throws SQLException {
        if (AwsPlatform.isThere()) AwsPlatform.makeNoFaults();
        TenantRows.forgetAll();
    }

    @Test
    void the_form_that_onboards_offers_no_place_for_the_database_where_there_is_no_other() {
        assertThat(read("/tenants/new"))
                .contains("An RDS instance of its own")
                .doesNotContain("name=\"database\"", "Shared server", "Dedicated cluster", "data directory");
        assertThat(cloud.findObstacleTo(Placement.SHARED)).isPresent();
        assertThat(cloud.findObstacleTo(Placement.DEDICATED)).isEmpty();
    }

    @Test
    void unknown_quotas_are_a_warning_and_no_obstacle() {
        AwsPlatform.make("DescribeAccountAttributes", AwsFault.DENIED, 1);

        assertThat(read("/tenants/new"))
                .contains("Onboarding goes on all the same")
                .doesNotContain("Onboarding goes on when it answers", "There is no room");
    }

    @Test
    void defaults_of_aws_are_not_said_to_be_of_no_use() {
        assertThat(read("/upkeep"))
                .contains("Defaults of AWS")
                .doesNotContain("If this ran on AWS", "Nothing here uses them");
    }

    @Test
    void sessions_that_are_not_encrypted_are_said_on_every_page_to_everybody_who_is_signed_in() {
        for (var page : new String[] {"/", "/tenants", "/tenants/new", "/operations", "/plans", "/upkeep", "/tokens"})
            assertThat(read(page)).as(page).contains(WARNING);

        assertThat(Callers.nobody().accept("text/html").get("/plans").asString())
                .doesNotContain(WARNING);
    }

    @Test
    void a_failed_step_s_hint_leads_to_rds_and_a_container_s_to_ecs() {
        var tenant = Scenario.Tenant.fresh();
        AwsPlatform.make("CreateDBInstance", AwsFault.DENIED, 1);

        var failed =
                stage.ended(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));

        assertThat(parts.operation(failed, Recovery.NONE).steps())
                .extracting(Step::hint)
                .filteredOn(Objects::nonNull)
                .singleElement()
                .asString()
                .contains("the events and the log of the RDS instance", "operation=" + failed.id())
                .doesNotContain("logs postgres");
        assertThat(description.hints().container()).contains("ECS", "CloudWatch");
        assertThat(stage.retry(failed.id())).isTrue();
        stage.done(failed.id());
    }

    private static String read(String path) {
        return Callers.bootstrap("cli")
                .accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
