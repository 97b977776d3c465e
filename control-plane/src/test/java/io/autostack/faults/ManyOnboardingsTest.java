package io.autostack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.faults.Faults.Call;
import io.autostack.faults.Faults.Fault;
import io.autostack.identity.Caller;
import io.autostack.identity.Role;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.plans.Names;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.SignUp;
import io.autostack.tenancy.SignUpForm;
import io.autostack.tenancy.TenantStatus;
import io.autostack.tenancy.Tenants;
import io.autostack.testing.Exhaustive;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many onboardings, of whose calls to the cloud one in twenty meets a fault of any sort: every tenant is active, or
/// its onboarding failed with a reason and is released, and nothing is left over. A hundred, or a thousand when nothing
/// is left out.
@QuarkusTest
@Tag("faults")
class ManyOnboardingsTest {

    private static final Logger LOG = Logger.getLogger(ManyOnboardingsTest.class);
    private static final int ALL = Integer.getInteger("autostack.test.onboardings", Exhaustive.isAsked() ? 1_000 : 100);
    private static final long SEED = Long.getLong("autostack.test.seed", 20261121);
    private static final int AT_ONCE = 50;
    private static final double FAULTS = 0.05;
    private static final Caller TESTER =
            new Caller(Caller.Kind.TOKEN, "many-onboardings", "tester", null, Set.of(Role.OPERATOR), null);

    private final Stage stage;
    private final SignUp signUp;
    private final Tenants tenants;
    private final Scopes scopes;
    private final Cloud cloud;

    @Inject
    ManyOnboardingsTest(Stage stage, SignUp signUp, Tenants tenants, Scopes scopes, Cloud cloud) {
        this.stage = stage;
        this.signUp = signUp;
        this.tenants = tenants;
        this.scopes = scopes;
        this.cloud = cloud;
    }

    private record Asked(UUID tenant, String slug, UUID operation, Misfortune misfortune) {}

    @Test
    void every_tenant_is_active_or_released_and_nothing_is_left_over() throws SQLException {
        int rolledBack = 0;
        int struck = 0;
        for (int first = 0; first < ALL; first += AT_ONCE) {
            var before = Catalogue.names();
            var asked = IntStream.range(first, Math.min(ALL, first + AT_ONCE))
                    .mapToObj(this::ask)
                    .toList();
            for (var one : asked) stage.ended(one.operation());
            var failed = asked.stream()
                    .filter(one -> stage.find(one.operation()).state() == State.FAILED)
                    .collect(Collectors.toSet());
            for (var one : asked) Faults.gone(one.tenant());
            for (var one : asked) one.misfortune().damage.repair();
            for (var one : failed) rollBack(one);
            Faults.forget(asked.stream().map(Asked::tenant).collect(Collectors.toSet()));

            assertThat(asked)
                    .allSatisfy(one -> assertThat(status(one.tenant()))
                            .as("seed %d: %s", SEED, stage.find(one.operation()))
                            .isEqualTo(failed.contains(one) ? TenantStatus.CLOSED : TenantStatus.ACTIVE));
            var expected = asked.stream()
                    .filter(one -> !failed.contains(one))
                    .flatMap(ManyOnboardingsTest::taggedResources)
                    .toList();
            assertThat(since(before)).as("seed %d: %s", SEED, asked).containsExactlyInAnyOrderElementsOf(expected);
            for (var one : asked) if (!failed.contains(one)) takeDown(one);
            assertThat(since(before)).as("when all is taken down").isEmpty();
            for (var one : asked) one.misfortune().damage.tidyUp();
            rolledBack += failed.size();
            struck += asked.stream()
                    .mapToInt(one -> one.misfortune().struck.size())
                    .sum();
        }
        LOG.infof("%d onboardings, %d faults, %d failed and were released; seed %d", ALL, struck, rolledBack, SEED);
        assertThat(struck).as("the faults were there").isPositive();
    }

    private Asked ask(int number) {
        var slug = Onboarding.freshSlug();
        var misfortune = new Misfortune(new Random(SEED * 1_000_003 + number));
        return scopes.inPlatform(() -> {
            var result = signUp.signUp(
                    TESTER,
                    SignUpForm.of("Tenant " + slug, slug, "starter", "production", "shared", "alice@example.com"));
            if (!(result instanceof SignUp.Result.Accepted(var tenant, var operation)))
                throw new AssertionError("refused: " + result);
            Faults.want(tenant.id(), null, misfortune);
            return new Asked(tenant.id(), slug, operation, misfortune);
        });
    }

    private static Stream<String> taggedResources(Asked one) {
        var database = Names.database(one.tenant());
        return Stream.of(
                "role " + database,
                "database " + database,
                "secret " + Names.databaseSecret(one.slug()),
                "route " + one.slug() + ".localhost");
    }

    /// What is there that was not before. What went away meanwhile is the doing of the platform's own looks.
    private static Set<String> since(Set<String> before) throws SQLException {
        var now = Catalogue.names();
        now.removeAll(before);
        return now;
    }

    private void rollBack(Asked one) {
        assertThat(stage.find(one.operation()).message())
                .isNotBlank()
                .endsWith(".")
                .doesNotContain("on purpose");
        stage.done(stage.rollBack(one.operation()));
    }

    private TenantStatus status(UUID tenant) {
        return scopes.inPlatform(() -> tenants.find(tenant).orElseThrow().status());
    }

    private void takeDown(Asked one) {
        var secret = Names.databaseSecret(one.slug());
        assertThat(List.of(
                        cloud.removeRoute(one.tenant(), one.slug() + ".localhost"),
                        cloud.removeDatabase(
                                new DatabaseSpec(one.tenant(), Names.database(one.tenant()), secret, true)),
                        cloud.removeSecret(one.tenant(), secret)))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
    }

    /// Draws for each call whether it meets a fault; the fault then stays for the calls of the same method.
    private static final class Misfortune implements Fault {

        private final Random chance;
        private final Damage damage = new Damage();
        private @Nullable Fault fault;
        private String method = "";
        private int since;
        private final List<String> struck = new ArrayList<>();

        private Misfortune(Random chance) {
            this.chance = chance;
        }

        /// The platform's looks, which ask about whoever is active, meet none.
        @Override
        public synchronized @Nullable Object on(Call call) throws Throwable {
            if (Faults.runningStep(call.tenant()).isEmpty()) return call.really();
            if (!call.method().getName().equals(method)) {
                method = call.method().getName();
                since = call.number() - 1;
                fault = draw(call);
            }
            if (fault == null) return call.really();
            return fault.on(
                    new Call(call.tenant(), call.real(), call.method(), call.arguments(), call.number() - since));
        }

        private @Nullable Fault draw(Call call) {
            if (chance.nextDouble() >= FAULTS) return null;
            var possible = Arrays.stream(Trouble.values())
                    .filter(trouble -> !trouble.needsTheServerAlone() && trouble.concerns(call.arguments()))
                    .toList();
            var trouble = possible.get(chance.nextInt(possible.size()));
            struck.add(method + " " + trouble.words());
            return trouble.fault(damage);
        }

        @Override
        public String toString() {
            return struck.toString();
        }
    }
}
