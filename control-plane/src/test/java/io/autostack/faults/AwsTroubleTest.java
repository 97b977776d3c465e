package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.CloseTenant;
import io.autostack.provisioning.plans.DeleteTenant;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.ReopenTenant;
import io.autostack.provisioning.plans.ResumeTenant;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.provisioning.plans.SuspendTenant;
import io.autostack.testing.Exhaustive;
import io.autostack.testing.aws.AwsFault;
import io.autostack.testing.aws.AwsPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A tenant's life on AWS in which nothing goes smoothly. Clients that were throttled once go on more slowly for
/// minutes,
/// so this comes after all others that use them, and every day meets only the beginning and the end of a life.
@QuarkusTest
@TestProfile(AwsPlatform.Profile.class)
@Tag("faults")
class AwsTroubleTest {

    private final Stage stage;
    private final Cloud cloud;

    @Inject
    AwsTroubleTest(Stage stage, Cloud cloud) {
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

    @ParameterizedTest
    @EnumSource(names = {"SERVER_ERROR", "LOST", "THROTTLED"})
    void a_life_in_which_each_call_comes_to_grief_once_is_lived_all_the_same(AwsFault fault) {
        var tenant = Tenant.fresh();
        for (var request : Exhaustive.isAsked() ? life(tenant) : usual(fault, tenant)) {
            AwsPlatform.makeOnceForEach(fault);
            stage.done(stage.enqueue(request));
            assertThat(AwsPlatform.met()).as("calls that met it").isNotEmpty();
            AwsPlatform.makeNoFaults();
        }
        if (cloud.findTaggedResources(tenant.id()).isEmpty()) {
            assertThat(AwsPlatform.account().instances(tenant.id())).isEmpty();
            assertThat(AwsPlatform.account().secrets(tenant.id())).isEmpty();
        } else assertThat(cloud.signIn(tenant.subject().databaseSpec())).isEqualTo(new SignIn.Works(true, true));
    }

    private static List<OperationRequest> usual(AwsFault fault, Tenant tenant) {
        return (fault == AwsFault.LOST
                        ? Stream.of(OpenTenant.KIND, CloseTenant.KIND, DeleteTenant.KIND)
                        : Stream.of(OpenTenant.KIND))
                .map(kind -> Scenario.of(kind).request().apply(tenant))
                .toList();
    }

    private static List<OperationRequest> life(Tenant tenant) {
        return Stream.of(
                        OpenTenant.KIND,
                        RotateCredentials.KIND,
                        SuspendTenant.KIND,
                        ResumeTenant.KIND,
                        CloseTenant.KIND,
                        ReopenTenant.KIND,
                        DeleteTenant.KIND)
                .map(kind -> kind.equals(RotateCredentials.KIND)
                        ? new RotateCredentials.Request(tenant.subject(), UUID.randomUUID())
                        : Scenario.of(kind).request().apply(tenant))
                .toList();
    }
}
