package io.autostack.tenancy.upkeep;

import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.autostack.testing.Callers;
import io.autostack.testing.Server;
import io.autostack.testing.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What only the replica on another machine can see is not gone because this one does not see it.
@QuarkusTest
class OrphansOfAnotherHomeTest {

    private final UUID orphan = UUID.randomUUID();

    @AfterEach
    void forget() throws SQLException {
        Server.execute("autostack", "delete from tenancy.orphan where id = '" + orphan + "'");
    }

    @Test
    void a_look_ends_what_every_replica_sees_and_nothing_of_another_machine() throws SQLException {
        noted("'" + UUID.randomUUID() + "', 'far-away'");
        Upkeep.reconcile();
        assertThat(open()).hasSize(1);

        Server.execute("autostack", "update tenancy.orphan set home = null, host = null where id = '" + orphan + "'");
        Upkeep.reconcile();
        assertThat(open()).isEmpty();
    }

    @Test
    void what_is_on_another_machine_is_not_said_to_be_removed() throws SQLException {
        noted("'" + UUID.randomUUID() + "', 'far-away'");

        problem(Callers.operator().post("/api/v1/orphans/" + orphan + "/remove"), 409, "conflict")
                .body("detail", containsString("is on the host “far-away”"));

        assertThat(open()).hasSize(1);
    }

    private void noted(String there) throws SQLException {
        Server.execute("autostack", """
                insert into tenancy.orphan (id, kind, name, tagged, why, first_seen, last_seen, home, host)
                values ('%1$s', 'container', 'left-%1$s', '%1$s', 'its tenant is gone', now() - interval '1 hour',
                        now() - interval '1 hour', %2$s)
                """.formatted(orphan, there));
    }

    private List<String> open() throws SQLException {
        return Server.texts(
                "autostack", "select name from tenancy.orphan where gone_at is null and id = '" + orphan + "'");
    }
}
