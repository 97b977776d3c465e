package io.autostack.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.kill.Customer.Move;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A new version of the tenants' schema for one tenant alone: it is the canary of a rollout that is
/// abandoned as soon as its migration is enqueued.
final class FleetMoves {

    private static final String VERSION = "299912312359";

    /// Whoever was killed with the answer on its way finds what is enqueued already, whether the rollout
    /// was given up or not.
    static final Move MIGRATE = (application, customer) -> {
        var enqueued = accepted(application, customer);
        if (enqueued.isPresent()) {
            enqueued.get().giveUp(application);
            return enqueued.map(Accepted::operation);
        }
        begin(application, customer);
        var now = Awaitility.await("the migration of " + customer.slug() + " is enqueued")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> accepted(application, customer), Optional::isPresent)
                .orElseThrow();
        now.giveUp(application);
        return Optional.of(now.operation());
    };

    /// The newest rollout, when this tenant is its canary and its migration is enqueued.
    private record Accepted(String rollout, String operation) {

        void giveUp(Application application) {
            var answer = application.operator().post("/rollouts/" + rollout + "/abandon");
            if (answer.statusCode() == 200) return;
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(409);
            assertThat(answer.asString()).contains("this one is abandoned");
        }
    }

    private FleetMoves() {}

    static void hasTheVersionOnce(Truth truth, Customer customer) {
        assertThat(truth.tell("""
                select s.version || ', ' || string_agg(p.state, ' ' order by p.state) filter (where p.operation is not null)
                  from tenancy.tenant t
                  join tenancy.tenant_schema s on s.tenant_id = t.id
                  join tenancy.rollout_tenant p on p.tenant_id = t.id
                 where slug = ? group by s.version
                """, customer.slug())).isEqualTo(VERSION + ", done");
        assertThat(truth.tellIn(customer.database(), "select count(*)::text from app.mark"))
                .isEqualTo("1");
    }

    private static void begin(Application application, Customer customer) {
        write(application);
        var answer = application
                .operator()
                .body("{\"version\": \"" + VERSION + "\", \"canary\": \"" + customer.slug() + "\"}")
                .post("/rollouts");
        // One that has begun without an answer, or nothing at all.
        assertThat(answer.statusCode()).as(answer.asString()).isIn(202, 409);
    }

    private static Optional<Accepted> accepted(Application application, Customer customer) {
        String newest = read(application, "/rollouts?page_size=1", "rollouts[0]?.id");
        if (newest == null) return Optional.empty();
        var canary = "tenants.find { it.tenant == '" + customer.slug() + "' }?.operation";
        String operation = read(application, "/rollouts/" + newest + "/tenants?page_size=1", canary);
        return Optional.ofNullable(operation).map(found -> new Accepted(newest, found));
    }

    private static @Nullable String read(Application application, String address, String path) {
        return application
                .operator()
                .get(address)
                .then()
                .statusCode(200)
                .extract()
                .path(path);
    }

    /// New tenants begin at the newest version there is when the platform first starts: this one comes later.
    private static void write(Application application) {
        try {
            Files.writeString(
                    application.migrations().resolve("V" + VERSION + "__mark.sql"),
                    "create table app.mark (made boolean not null); insert into app.mark values (true);");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
