package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.OwnFleet;
import io.autostack.testing.RollingOut;
import io.autostack.testing.RollingOut.Part;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One tenant that stands in its own way keeps no other one from a new version of the schema.
@QuarkusTest
@Tag("own-platform")
@TestProfile(OwnFleet.class)
class FleetBusyStory {

    private List<String> tenants = List.of();

    @BeforeEach
    void a_dozen_tenants() {
        tenants = OwnFleet.tenants();
    }

    @Test
    void a_tenant_that_somebody_has_locked_is_named_and_comes_when_it_is_free() throws SQLException {
        var locked = tenants.get(4);
        var version = OwnFleet.version("alter table app.guestbook_entry add column locked text;");
        String rollout;
        try (var held = Server.asSuperuser("autostack");
                var lock = held.createStatement()) {
            held.setAutoCommit(false);
            lock.execute("select from tenancy.tenant where slug = '" + locked + "' for no key update");

            rollout = RollingOut.started(Map.of("version", version));
            everybodyElseIsDone(rollout, locked);

            assertThat(part(rollout, locked).state()).isEqualTo("waiting");
            assertThat(message(rollout, locked)).contains("Somebody else is changing this tenant");
            held.rollback();
        }
        RollingOut.ended(rollout, "done");
        assertThat(RollingOut.tenantsAt(version)).isEqualTo(tenants.size());
    }

    @Test
    void a_canary_whose_tables_are_in_use_is_passed_over_and_comes_last() throws SQLException {
        var busy = tenants.get(2);
        var version = OwnFleet.version("alter table app.guestbook_entry add column busy text;");
        var rollout = withBusyCanary(busy, version, id -> {
            // As if it had done so for longer than anybody waits.
            Server.execute("autostack", """
                    update provisioning.operation set started_at = started_at - interval '2 minutes'
                     where kind = 'migrate-schema' and state = 'running'
                    """);
            everybodyElseIsDone(id, busy);

            assertThat(part(id, busy).state()).isEqualTo("running");
            assertThat(part(id, busy).wave()).isEqualTo(3);
            assertThat(message(id, busy)).contains("in use by the tenant");
            assertThat(RollingOut.parts(id).stream().filter(part -> part.wave() == 1))
                    .as("another one goes first, alone")
                    .hasSize(1);
        });
        RollingOut.ended(rollout, "done");
        assertThat(RollingOut.tenantsAt(version)).isEqualTo(tenants.size());
    }

    @Test
    void a_tenant_that_is_in_its_own_way_for_too_long_stops_nothing_and_is_tried_again() throws SQLException {
        var busy = tenants.get(6);
        var version = OwnFleet.version("alter table app.guestbook_entry add column patience text;");
        var rollout = withBusyCanary(busy, version, id -> {
            var first = part(id, busy).operation();
            // Its time is over.
            Server.execute("autostack", """
                    update provisioning.step set started_at = started_at - interval '41 minutes'
                     where operation_id = '%s' and name in ('look', 'migrate')
                    """.formatted(first));

            Awaitility.await("another operation tries again")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !part(id, busy).operation().equals(first)
                            && part(id, busy).state().equals("running"));
            assertThat(RollingOut.get(id).jsonPath().getString("state")).isEqualTo("running");
        });
        RollingOut.ended(rollout, "done");
        assertThat(RollingOut.tenantsAt(version)).isEqualTo(tenants.size());
    }

    private interface Meanwhile {
        void happens(String rollout) throws SQLException;
    }

    /// A rollout that begins with a tenant whose tables are in use until the end of what happens meanwhile.
    private static String withBusyCanary(String busy, String version, Meanwhile meanwhile) throws SQLException {
        try (var session = RollingOut.connect(busy);
                var statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute("lock table app.guestbook_entry in access exclusive mode");
            var rollout = RollingOut.started(Map.of("version", version, "canary", busy));
            Awaitility.await("the canary waits for its own work")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> waits(busy));
            meanwhile.happens(rollout);
            session.rollback();
            return rollout;
        }
    }

    private static boolean waits(String tenant) throws SQLException {
        return !Server.texts("autostack", """
                select o.id::text from provisioning.operation o join tenancy.tenant t on t.id = o.tenant_id
                 where o.kind = 'migrate-schema' and o.state = 'running' and o.message like '%%in use%%'
                   and t.slug = '%s'
                """.formatted(tenant)).isEmpty();
    }

    private static void everybodyElseIsDone(String rollout, String but) {
        Awaitility.await("everybody else is at the new version")
                .atMost(Duration.ofMinutes(1))
                .until(() -> RollingOut.parts(rollout).stream()
                        .filter(part -> !part.tenant().equals(but))
                        .allMatch(part -> part.state().equals("done")));
    }

    private static Part part(String rollout, String tenant) {
        return RollingOut.parts(rollout).stream()
                .filter(part -> part.tenant().equals(tenant))
                .findFirst()
                .orElseThrow();
    }

    private static String message(String rollout, String tenant) {
        return String.valueOf(Callers.operator()
                .get("/api/v1/rollouts/" + rollout + "/tenants?page_size=500")
                .<Object>path("tenants.find { it.tenant == '" + tenant + "' }.message"));
    }
}
