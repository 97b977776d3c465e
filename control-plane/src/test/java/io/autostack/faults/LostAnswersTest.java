package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.plans.AddDomain;
import io.autostack.provisioning.plans.OpenTenant;
import io.autostack.provisioning.plans.RemoveDomain;
import io.autostack.provisioning.plans.RotateCredentials;
import io.autostack.testing.NameServer;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A step does its work and its answer is lost every time: what was done is found again by retry, and taken back by
/// release.
@QuarkusTest
@Tag("faults")
class LostAnswersTest {

    private final Stage stage;
    private final Cloud cloud;

    @Inject
    LostAnswersTest(Stage stage, Cloud cloud) {
        this.stage = stage;
        this.cloud = cloud;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "login", "check", "promote", "overlap", "close", "drain"})
    void a_rotation_goes_on_by_retry(String step) throws SQLException {
        var tenant = opened();
        var before = secret(tenant);
        var failed = failedAt(tenant, step, rotation(tenant));
        assertThat(stage.retry(failed)).isTrue();

        stage.done(failed);

        assertThat(secret(tenant).version()).isNotEqualTo(before.version());
        signIn(tenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "login", "check", "promote", "overlap", "close", "drain"})
    void a_released_rotation_leaves_the_credentials_of_before(String step) throws SQLException {
        var tenant = opened();
        var before = secret(tenant);
        var failed = failedAt(tenant, step, rotation(tenant));

        stage.done(stage.rollBack(failed));

        assertThat(secret(tenant)).isEqualTo(before);
        signIn(tenant);
        stage.done(stage.enqueue(rotation(tenant)));
        assertThat(secret(tenant)).isNotEqualTo(before);
        signIn(tenant);
    }

    @Test
    void a_route_that_was_made_or_removed_is_found_so_by_retry_and_taken_back_by_release() {
        var tenant = opened();
        var domain = tenant.slug() + ".example";
        var adding = failedAt(tenant, "route", adding(tenant, domain));
        assertThat(cloud.findRoute(domain)).contains(tenant.id());
        stage.done(stage.rollBack(adding));
        assertThat(cloud.findRoute(domain)).isEmpty();
        stage.done(stage.enqueue(adding(tenant, domain)));

        var removing = failedAt(tenant, "route", removing(tenant, domain));
        assertThat(cloud.findRoute(domain)).isEmpty();
        stage.done(stage.rollBack(removing));
        assertThat(cloud.findRoute(domain)).contains(tenant.id());

        var again = failedAt(tenant, "route", removing(tenant, domain));
        assertThat(stage.retry(again)).isTrue();
        stage.done(again);
        assertThat(cloud.findRoute(domain)).isEmpty();
    }

    private Tenant opened() {
        var tenant = Tenant.fresh();
        stage.done(stage.enqueue(Scenario.of(OpenTenant.KIND).request().apply(tenant)));
        return tenant;
    }

    private UUID failedAt(Tenant tenant, String step, OperationRequest request) {
        Faults.want(tenant.id(), step, Trouble.ERROR_AFTER_SUCCESS.fault(new Damage()));
        var failed = stage.ended(stage.enqueue(request));
        Faults.gone(tenant.id());
        assertThat(failed.state()).isEqualTo(State.FAILED);
        return failed.id();
    }

    private static OperationRequest rotation(Tenant tenant) {
        return new RotateCredentials.Request(tenant.subject(), UUID.randomUUID());
    }

    private static OperationRequest adding(Tenant tenant, String domain) {
        NameServer.running().say("_proof." + domain, "autostack=" + tenant.id());
        return new AddDomain.Request(
                tenant.subject(), UUID.randomUUID(), domain, "_proof." + domain, "autostack=" + tenant.id());
    }

    private static OperationRequest removing(Tenant tenant, String domain) {
        return new RemoveDomain.Request(tenant.subject(), UUID.randomUUID(), domain, true);
    }

    private Secret secret(Tenant tenant) {
        return cloud.readSecret(tenant.subject().secret()).orElseThrow();
    }

    private void signIn(Tenant tenant) throws SQLException {
        Server.as(secret(tenant).value(), tenant.subject().database()).close();
    }
}
