package io.autostack.tenancy.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import io.autostack.shared.Scopes;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What the platform does about backups without being asked.
@QuarkusTest
class BackupWatchTest {

    private static final int ALL = 10_000;

    private final BackupWatch watch;
    private final Backups backups;
    private final Scopes scopes;
    private final InstantSource clock;

    @Inject
    BackupWatchTest(BackupWatch watch, Backups backups, Scopes scopes, InstantSource clock) {
        this.watch = watch;
        this.backups = backups;
        this.scopes = scopes;
        this.clock = clock;
    }

    @Test
    void a_tenant_in_production_is_backed_up_once_a_day() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var id = id(slug);
        assertThat(candidates()).contains(id);

        run(id);
        run(id);

        assertThat(candidates()).doesNotContain(id);
        assertThat(scheduled(slug)).hasSize(1);
        Onboarding.finished(scheduled(slug).getFirst(), "done");
        Callers.operator()
                .get("/api/v1/audit-events?tenant=" + slug)
                .then()
                .body("events.findAll { it.action == 'tenant.backup-requested' }.actor", hasItem("autostack"));
    }

    @Test
    void a_proof_of_concept_is_not() {
        var slug = Onboarding.freshSlug();
        String operation = Callers.operator()
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "Tenant " + slug,
                        "slug",
                        slug,
                        "plan",
                        "starter",
                        "environment",
                        "poc",
                        "adminEmail",
                        "alice@example.com"))
                .post("/api/v1/tenants")
                .then()
                .statusCode(202)
                .extract()
                .path("operation");
        Onboarding.finished(operation, "done");

        assertThat(candidates()).doesNotContain(id(slug));
        run(id(slug));

        assertThat(scheduled(slug)).isEmpty();
    }

    @Test
    void a_backup_that_has_expired_is_removed_and_one_that_has_not_stays() throws SQLException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        var old = backUp(slug);
        var fresh = backUp(slug);
        try (var server = Server.asSuperuser("autostack");
                var statement = server.createStatement()) {
            statement.execute(
                    "update tenancy.backup set expires_at = now() - interval '1 second' where id = '" + old + "'");
        }

        watch.removeExpired();
        watch.removeExpired();
        Onboarding.quiet();

        assertThat(state(slug, old)).isEqualTo("removed");
        assertThat(state(slug, fresh)).isEqualTo("kept");
        assertThat(snapshots(old)).isZero();
        assertThat(snapshots(fresh)).isEqualTo(1);
    }

    private void run(UUID tenant) {
        scopes.inTenant(tenant, () -> {
            watch.takeIfDue(tenant);
            return tenant;
        });
    }

    private List<UUID> candidates() {
        return scopes.inPlatform(() -> backups.withoutScheduledSince(Retention.dueBefore(clock.instant()), ALL));
    }

    private static List<String> scheduled(String slug) {
        return Callers.alice()
                .get("/api/v1/tenants/" + slug + "/backups")
                .jsonPath()
                .getList("backups.findAll { it.kind == 'scheduled' }.operation");
    }

    private static String backUp(String slug) {
        var asked = Callers.alice().post("/api/v1/tenants/" + slug + "/backups");
        Onboarding.finished(asked.then().statusCode(202).extract().path("operation"), "done");
        return asked.path("backup");
    }

    private static String state(String slug, String backup) {
        return Callers.alice()
                .get("/api/v1/tenants/" + slug + "/backups/" + backup)
                .path("state");
    }

    private static UUID id(String slug) {
        return UUID.fromString(Callers.operator().get("/api/v1/tenants/" + slug).path("id"));
    }

    private static int snapshots(String backup) throws SQLException {
        try (var server = Server.asSuperuser("postgres");
                var select = server.prepareStatement("select count(*) from pg_database where datname = ?")) {
            select.setString(1, "snapshot_" + backup.replace("-", ""));
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
