package io.autostack.faults;

import static io.autostack.jdbc.Sql.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.DeployStack;
import io.autostack.provisioning.plans.MigrateSchema;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.RepairTenant;
import io.autostack.provisioning.plans.RestoreTenant;
import io.autostack.testing.Exhaustive;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// Every kind of operation on AWS, with the same requests as on one machine.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsKindsTest {

    private static final Set<String> DIFFERENT = Set.of(RestoreTenant.KIND, RepairTenant.KIND, MigrateSchema.KIND);

    private final Stage stage;
    private final Cloud cloud;

    @Inject
    AwsKindsTest(Stage stage, Cloud cloud) {
        this.stage = stage;
        this.cloud = cloud;
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

    /// Those that are different enough, or all when everything is asked for. Stacks are not run there yet.
    static Stream<String> kinds() {
        return Scenario.chosen()
                .map(Scenario::kind)
                .filter(kind -> Exhaustive.isAsked() ? !kind.equals(DeployStack.KIND) : DIFFERENT.contains(kind));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void is_done_as_on_one_machine(String kind) throws SQLException {
        var scenario = Scenario.of(kind);
        var tenant = scenario.prepared(stage);

        stage.done(stage.enqueue(scenario.request().apply(tenant)));

        assertThat(AwsPlatform.account().instances(tenant.id()))
                .as("instances of the tenant")
                .allSatisfy(instance -> assertThat(instance.storageEncrypted()).isTrue());
    }

    @Test
    void an_onboarded_tenant_has_an_instance_a_secret_and_a_name_that_are_tagged_as_its_own() {
        var tenant = opened();

        assertThat(AwsPlatform.account().instances(tenant.id())).singleElement().satisfies(instance -> {
            assertThat(instance.dbInstanceClass()).isEqualTo("db.t4g.small");
            assertThat(instance.storageType()).isEqualTo("gp3");
            assertThat(instance.iops()).as("a01").isNull();
            assertThat(tags(instance))
                    .containsEntry("Tenant", tenant.id().toString())
                    .containsEntry("ManagedBy", "AutoStack")
                    .containsEntry("Environment", "autostack-test")
                    .containsKeys("Component", "Owner", "Project");
        });
        assertThat(AwsPlatform.account().secrets(tenant.id()))
                .contains("autostack-test/tenants/" + tenant.slug() + "/database")
                .hasSize(2);
        assertThat(AwsPlatform.account().records(tenant.slug() + ".localhost")).containsExactly("A");
        assertThat(cloud.signIn(database(tenant))).isEqualTo(new SignIn.Works(true, true));
    }

    @Test
    void a_deleted_tenant_leaves_nothing() throws SQLException {
        var tenant = Scenario.of(DeleteTenant.KIND).prepared(stage);
        assertThat(AwsPlatform.account().snapshots(tenant.id())).hasSize(1);
        assertThat(AwsPlatform.account().instances(tenant.id())).isEmpty();

        stage.done(stage.enqueue(Scenario.of(DeleteTenant.KIND).request().apply(tenant)));

        assertThat(AwsPlatform.account().snapshots(tenant.id())).isEmpty();
        assertThat(AwsPlatform.account().secrets(tenant.id())).isEmpty();
        assertThat(AwsPlatform.account().records(tenant.slug() + ".localhost")).isEmpty();
        assertThat(cloud.findTaggedResources(tenant.id())).isEmpty();
    }

    @Test
    void an_instance_that_holds_what_nobody_wrote_down_stays_when_its_tenant_s_database_goes() throws SQLException {
        var tenant = opened();
        var instance = AwsPlatform.account().instances(tenant.id()).getFirst().dbInstanceIdentifier();
        try (var admin = AwsPlatform.superuser(instance)) {
            execute(admin, "create database made_by_hand");
        }

        stage.done(stage.enqueue(Scenario.of(CloseTenant.KIND).request().apply(tenant)));

        assertThat(AwsPlatform.account().instances(tenant.id())).hasSize(1);
        try (var admin = AwsPlatform.superuser(instance)) {
            execute(admin, "drop database made_by_hand");
        }
    }

    @Test
    void a_stopped_instance_is_left_as_it_is_by_who_only_looks_and_started_by_a_step_that_needs_it() {
        var tenant = opened();
        var instance = AwsPlatform.account().instances(tenant.id()).getFirst().dbInstanceIdentifier();
        AwsPlatform.account().stop(instance);

        assertThat(cloud.inventory())
                .filteredOn(found -> found.tenant().equals(Optional.of(tenant.id())))
                .noneMatch(found -> found.kind() == ObservedResource.Kind.DATABASE)
                .anyMatch(found -> found.kind() == ObservedResource.Kind.CLUSTER);
        assertThat(cloud.signIn(database(tenant))).isEqualTo(new SignIn.NoAnswer());
        assertThat(status(tenant)).isEqualTo("stopped");

        stage.done(stage.enqueue(Scenario.of(MigrateSchema.KIND).request().apply(tenant)));
        assertThat(status(tenant)).isEqualTo("available");
    }

    private static String status(Tenant tenant) {
        return AwsPlatform.account().instances(tenant.id()).getFirst().dbInstanceStatus();
    }

    /// What the restoring call does not take, such as how long backups are kept, is put right afterwards.
    @Test
    void a11_a_restored_instance_is_like_any_other_of_its_tenant() throws SQLException {
        var tenant = Scenario.of(ReopenTenant.KIND).prepared(stage);
        stage.done(stage.enqueue(Scenario.of(ReopenTenant.KIND).request().apply(tenant)));

        assertThat(AwsPlatform.account().instances(tenant.id())).singleElement().satisfies(instance -> {
            assertThat(instance.dbInstanceClass()).isEqualTo("db.t4g.micro");
            assertThat(instance.backupRetentionPeriod()).isEqualTo(1);
            assertThat(instance.deletionProtection()).isFalse();
            assertThat(tags(instance)).containsEntry("Tenant", tenant.id().toString());
        });
    }

    @Test
    void what_aws_refuses_is_said_with_call_code_and_request_and_goes_on_by_retry() {
        var tenant = Tenant.fresh();
        AwsPlatform.make("CreateDBInstance", AwsFault.DENIED, 1);

        var failed =
                stage.ended(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message())
                .contains(
                        "RDS CreateDBInstance", "AccessDenied", "request", "retrying is safe", "rds:CreateDBInstance");
        assertThat(stage.retry(failed.id())).isTrue();
        stage.done(failed.id());
    }

    private Tenant opened() {
        var tenant = Tenant.fresh();
        stage.done(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));
        return tenant;
    }

    private static DatabaseSpec database(Tenant tenant) {
        return tenant.subject().databaseSpec();
    }

    private static Map<String, String> tags(DBInstance instance) {
        return instance.tagList().stream()
                .collect(Collectors.toMap(
                        software.amazon.awssdk.services.rds.model.Tag::key,
                        software.amazon.awssdk.services.rds.model.Tag::value));
    }
}
