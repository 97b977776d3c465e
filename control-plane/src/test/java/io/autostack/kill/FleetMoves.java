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

/// A new version of the tenants' schema for one tenant alone: it is the canary of a rollout that is abandoned as soon
/// as
/// its migration is promised.
final class FleetMoves {

    private static final String VERSION = "299912312359";

    static final Move MIGRATE = (application, customer) -> {
        write(application);
        var rollout = rollout(application, customer);
        var operation = Awaitility.await("the migration of " + customer.slug() + " is promised")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Optional.ofNullable(canary(application, rollout)), Optional::isPresent);
        application.operator().post("/rollouts/" + rollout + "/abandon").then().statusCode(200);
        return operation;
    };

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

    /// Whoever got no answer finds the rollout that has begun.
    private static String rollout(Application application, Customer customer) {
        var answer = application
                .operator()
                .body("{\"version\": \"" + VERSION + "\", \"canary\": \"" + customer.slug() + "\"}")
                .post("/rollouts");
        if (answer.statusCode() == 202) return answer.path("id");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(409);
        return application
                .operator()
                .get("/rollouts?page_size=1")
                .then()
                .statusCode(200)
                .extract()
                .path("rollouts[0].id");
    }

    private static @Nullable String canary(Application application, String rollout) {
        return application
                .operator()
                .get("/rollouts/" + rollout + "/tenants?page_size=1")
                .then()
                .statusCode(200)
                .extract()
                .path("tenants[0].operation");
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
