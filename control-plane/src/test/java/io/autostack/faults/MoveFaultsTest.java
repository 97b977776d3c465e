package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.faults.Faults.Fault;
import io.autostack.faults.Scenario.Tenant;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.provisioning.plans.MoveToProduction;
import io.autostack.provisioning.plans.RollBackMove;
import io.autostack.testing.Callers;
import io.autostack.testing.Exhaustive;
import io.autostack.testing.Moving;
import io.autostack.testing.Onboarding;
import io.autostack.testing.TenantApplication;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// What fails of a move takes itself back, because its tenant stands still meanwhile: the tenant is where it was, with
/// everything it had, and the next attempt arrives. The same for the way back.
@QuarkusTest
@Tag("faults")
class MoveFaultsTest {

    private static final List<Trouble> TROUBLES = Exhaustive.isAsked()
            ? List.of(Trouble.TIMEOUT_AFTER_SUCCESS, Trouble.THROTTLED, Trouble.ERROR, Trouble.ERROR_AFTER_SUCCESS)
            : List.of(Trouble.ERROR_AFTER_SUCCESS);

    private static final Sizing SMALL = new Sizing(5, Duration.ofSeconds(30));

    private final Stage stage;

    @Inject
    MoveFaultsTest(Stage stage) {
        this.stage = stage;
    }

    @TestFactory
    Stream<DynamicTest> a_move_arrives_or_leaves_the_proof_of_concept_as_it_was() {
        var subject = Tenant.fresh().subject();
        return cases(new MoveToProduction.Request(subject, UUID.randomUUID(), Placement.SHARED, SMALL), this::move);
    }

    @TestFactory
    Stream<DynamicTest> a_way_back_arrives_or_leaves_production_as_it_was() {
        var subject = Tenant.fresh().subject();
        return cases(
                new RollBackMove.Request(subject, UUID.randomUUID(), UUID.randomUUID(), subject.databaseSpec(), SMALL),
                this::rollBack);
    }

    private void move(@Nullable String step, Fault fault) throws SQLException {
        var tenant = poc();
        var application = new TenantApplication(tenant.slug());
        application.write("kept");
        var before = Catalogue.of(tenant.id(), tenant.slug());

        if (fails(tenant, step, fault, () -> Moving.ask(tenant.slug(), "shared", Moving.CONFIRMED))) {
            assertThat(environment(tenant)).isEqualTo("poc");
            assertThat(Catalogue.of(tenant.id(), tenant.slug())).isEqualTo(before);
            assertThat(application.messages()).containsExactly("kept");
            moved(tenant);
        }

        assertThat(environment(tenant)).isEqualTo("production");
        assertThat(application.messages()).containsExactly("kept");
    }

    private void rollBack(@Nullable String step, Fault fault) throws SQLException {
        var tenant = poc();
        var application = new TenantApplication(tenant.slug());
        application.write("before");
        moved(tenant);
        application.write("in production");

        if (fails(tenant, step, fault, () -> Moving.ask(tenant.slug(), "roll-back"))) {
            assertThat(environment(tenant)).isEqualTo("production");
            assertThat(application.messages()).containsExactly("before", "in production");
            stage.done(operation(Moving.ask(tenant.slug(), "roll-back")));
        }

        assertThat(environment(tenant)).isEqualTo("poc");
        assertThat(application.messages()).containsExactly("before", "in production");
        assertThat(Catalogue.of(tenant.id(), tenant.slug()))
                .as("nothing of production")
                .noneMatch(line -> line.contains("__"));
    }

    private interface Request {
        Response send();
    }

    /// What meets the fault as well when it takes itself back is retried by a person when the fault is gone.
    private boolean fails(Tenant tenant, @Nullable String step, Fault fault, Request request) throws SQLException {
        Faults.want(tenant.id(), step, fault);
        var ended = stage.ended(operation(request.send()));
        Faults.gone(tenant.id());
        for (var rollback : Catalogue.texts(
                "autostack",
                "select id::text from provisioning.operation where kind = 'release' and state = 'failed'"
                        + " and tenant_id = ?::uuid",
                tenant.id().toString())) {
            assertThat(stage.retry(UUID.fromString(rollback))).isTrue();
            stage.done(UUID.fromString(rollback));
        }
        return ended.state() == State.FAILED;
    }

    private void moved(Tenant tenant) {
        stage.done(operation(Moving.ask(tenant.slug(), "shared", Moving.CONFIRMED)));
    }

    private Tenant poc() {
        var slug = Onboarding.freshSlug();
        var asked = Moving.askForPoc(slug);
        stage.done(operation(asked));
        return new Tenant(UUID.fromString(asked.path("id")), slug);
    }

    private static UUID operation(Response answer) {
        return UUID.fromString(answer.then().statusCode(202).extract().path("operation"));
    }

    private static String environment(Tenant tenant) {
        return Callers.operator().get("/api/v1/tenants/" + tenant.slug()).path("environment");
    }

    private interface Work {
        void meet(@Nullable String step, Fault fault) throws SQLException;
    }

    private Stream<DynamicTest> cases(OperationRequest request, Work work) {
        var steps = stage.steps(request);
        var inTurn = steps.stream()
                .flatMap(step -> TROUBLES.stream()
                        .map(trouble -> DynamicTest.dynamicTest(
                                step + " / " + trouble.words(), () -> work.meet(step, trouble.fault(new Damage())))));
        return Stream.concat(inTurn, Stream.of(DynamicTest.dynamicTest("each step loses an answer", () -> {
            var lost = new LostInEachStep();
            work.meet(null, lost);
            assertThat(lost.steps()).containsAll(steps);
        })));
    }
}
