package io.autostack.stories;

import static io.autostack.testing.Upkeep.byHand;
import static io.autostack.testing.Upkeep.findings;
import static io.autostack.testing.Upkeep.reconcile;
import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.Cloud;
import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantApplication;
import io.autostack.testing.TenantDatabase;
import io.autostack.testing.Upkeep;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The look after all tenants reaches dedicated clusters, and tells one that is down from one that has lost
/// something.
@QuarkusTest
class DedicatedUpkeepStory {

    private final Cloud cloud;

    @Inject
    DedicatedUpkeepStory(Cloud cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void what_others_broke_is_repaired() {
        Upkeep.quiesce();
    }

    @Test
    void what_was_changed_by_hand_on_a_cluster_is_as_the_plan_says_again() throws Exception {
        var slug = dedicated();
        asProvisioner(slug, "alter database " + TenantDatabase.name(slug) + " connection limit 5");

        reconcile();
        assertThat(findings(slug))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding).containsEntry("what", "connections").containsEntry("found", "3"));
        Onboarding.finished(Objects.requireNonNull(findings(slug).getFirst().get("operation")), "done");
        reconcile();

        assertThat(findings(slug)).isEmpty();
    }

    @Test
    void a_cluster_that_does_not_answer_is_said_to_do_just_that() throws Exception {
        var slug = dedicated();
        var application = new TenantApplication(slug);
        application.write("still there");
        var server =
                Files.readAllLines(folder(slug).resolve("data/postmaster.pid")).getFirst();

        signal("STOP", server);
        try {
            reconcile();
            assertThat(findings(slug)).singleElement().satisfies(finding -> {
                assertThat(finding)
                        .containsEntry("what", "dedicated cluster")
                        .containsEntry("found", "does not answer")
                        .doesNotContainKeys("repair", "operation");
                assertThat(finding.get("advice")).contains("postgres.log");
            });
        } finally {
            signal("CONT", server);
        }
        reconcile();

        assertThat(findings(slug)).isEmpty();
        assertThat(application.messages()).containsExactly("still there");
    }

    @Test
    void a_cluster_of_a_tenant_that_is_not_there_is_an_orphan_and_goes_on_request() throws Exception {
        var gone = UUID.randomUUID();
        byHand(
                "autostack",
                "insert into provisioning.cluster (tenant_id, folder) values ('%1$s', '%1$s')".formatted(gone));

        reconcile();
        assertThat(orphans(gone)).hasSize(1);
        Callers.operator()
                .post("/api/v1/orphans/" + orphans(gone).getFirst() + "/remove")
                .then()
                .statusCode(200);
        reconcile();

        assertThat(orphans(gone)).isEmpty();
    }

    private static List<String> orphans(UUID tagged) {
        return Callers.operator()
                .get("/api/v1/orphans")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("orphans.findAll { it.kind == 'cluster' && it.tagged == '" + tagged + "' }.id");
    }

    private static String dedicated() {
        var slug = Onboarding.freshSlug();
        Onboarding.finished(
                Onboarding.accepted(Onboarding.ask(slug, "starter", "alice@example.com", "dedicated")), "done");
        return slug;
    }

    /// As the role that makes databases on the tenant's own cluster.
    private void asProvisioner(String slug, String statement) throws SQLException {
        var tenant = Callers.operator().get("/api/v1/tenants/" + slug).jsonPath();
        var passwords = cloud.readSecret("clusters/" + tenant.getString("id"))
                .orElseThrow()
                .value();
        try (var admin = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + tenant.getInt("database.port") + "/postgres",
                "autostack_provisioner",
                passwords.get("provisioner"))) {
            TenantDatabase.execute(admin, statement);
        }
    }

    private static void signal(String name, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    private static Path folder(String slug) {
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        return Path.of(Server.setting("AUTOSTACK_HOME"), "clusters", id);
    }
}
