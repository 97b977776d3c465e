package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
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

/// Rollouts meet restores: a backup is as old as the schema that it was taken with.
@QuarkusTest
@Tag("own-platform")
@TestProfile(OwnFleet.class)
class FleetRestoreStory {

    private List<String> tenants = List.of();

    @BeforeEach
    void a_dozen_tenants() {
        tenants = OwnFleet.tenants();
    }

    @Test
    void an_old_backup_brings_its_schema_along_and_the_next_rollout_takes_the_tenant_to_the_others()
            throws SQLException {
        var slug = tenants.get(7);
        var before = RollingOut.readAgain().jsonPath().getString("versions.find { it.tenants > 0 }.version");
        var backup = Callers.alice().post("/api/v1/tenants/" + slug + "/backups");
        Onboarding.finished(backup.path("operation"), "done");
        var version = OwnFleet.version("alter table app.guestbook_entry add column since text;");
        RollingOut.ended(RollingOut.started(Map.of()), "done");
        assertThat(RollingOut.tenantsAt(before)).isZero();

        Onboarding.finished(restore(slug, backup.path("backup")), "done")
                .then()
                .body("steps.find { it.name == 'schema' }.evidence.version", is(before));

        assertThat(RollingOut.tenantsAt(before)).isOne();
        assertThat(RollingOut.tenantsAt(version)).isEqualTo(tenants.size() - 1);
        var rollout = RollingOut.started(Map.of("version", version));
        RollingOut.ended(rollout, "done");
        assertThat(RollingOut.parts(rollout)).extracting(Part::tenant).containsExactly(slug);
        assertThat(RollingOut.tenantsAt(version)).isEqualTo(tenants.size());
        assertThat(columnsCalled("since", slug)).hasSize(1);
    }

    @Test
    void a_rollout_leaves_a_tenant_alone_that_is_being_restored_and_comes_when_that_is_over() throws SQLException {
        var slug = tenants.get(8);
        var backup = Callers.alice().post("/api/v1/tenants/" + slug + "/backups");
        Onboarding.finished(backup.path("operation"), "done");
        var version = OwnFleet.version("alter table app.guestbook_entry add column colour text;");
        String rollout;
        String restore;
        try (var held = Server.asSuperuser("autostack");
                var lock = held.createStatement()) {
            held.setAutoCommit(false);
            lock.execute("lock table provisioning.secret in exclusive mode");
            restore = restore(slug, backup.path("backup"));

            rollout = RollingOut.started(Map.of("canary", slug));
            Awaitility.await("the canary is put off")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> String.valueOf(Callers.operator()
                                    .get("/api/v1/rollouts/" + rollout + "/tenants")
                                    .<Object>path("tenants[0].message"))
                            .contains("is under way; it comes after that"));
            assertThat(RollingOut.parts(rollout)).allMatch(part -> part.state().equals("waiting"));
            Callers.operator()
                    .get("/api/v1/audit-events?tenant=" + slug)
                    .then()
                    .body("events[0].action", is("tenant.restore-requested"));
            held.rollback();
        }

        Onboarding.finished(restore, "done");
        RollingOut.ended(rollout, "done");
        assertThat(RollingOut.parts(rollout)).allMatch(part -> part.state().equals("done"));
        assertThat(RollingOut.tenantsAt(version)).isEqualTo(tenants.size());
        assertThat(columnsCalled("colour", slug)).hasSize(1);
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.action", hasItem("tenant.schema-migration-requested"));
    }

    private static String restore(String slug, String backup) {
        return Callers.alice()
                .post("/api/v1/tenants/" + slug + "/backups/" + backup + "/restore")
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
    }

    private static List<String> columnsCalled(String name, String slug) throws SQLException {
        return Server.texts(
                Callers.alice().get("/api/v1/tenants/" + slug).path("database.name"),
                "select 1 from information_schema.columns where column_name = '" + name + "'");
    }
}
