package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Archive;
import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantApplication;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What can be done with a tenant is done on its dedicated cluster as well, and to a database that it was led to.
@QuarkusTest
class DedicatedOperationsStory {

    @Test
    void backup_restore_rotation_repair_and_export_reach_the_cluster() throws SQLException, IOException {
        var slug = dedicated();
        var application = new TenantApplication(slug);
        application.write("before");

        var backup = backUp(slug);
        application.write("too late");
        done(post(slug, "/backups/" + backup + "/restore"));
        Onboarding.quiet();
        assertThat(application.messages()).containsExactly("before");

        done(post(slug, "/rotate-credentials"));
        application.write("with new credentials");
        done(post(slug, "/repair"));
        backUp(slug);

        var archive = Archive.read(Callers.alice().get("/api/v1/tenants/" + slug + "/export"));
        archive.assertManifestIsTrue();
        assertThat(archive.rows("app.guestbook_entry")).isEqualTo(2);
        assertThat(Ending.onServer("select datname from pg_database where starts_with(datname, '"
                        + TenantDatabase.name(slug) + "')"))
                .as("on the shared server")
                .isEmpty();
    }

    @Test
    void a_closed_one_comes_back_and_a_deleted_one_leaves_no_process_and_no_data() throws Exception {
        var slug = dedicated();
        var application = new TenantApplication(slug);
        application.write("before");
        String id = Callers.operator().get("/api/v1/tenants/" + slug).path("id");
        var folder = Path.of(Server.setting("AUTOSTACK_HOME"), "clusters", id);

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.reopen(Callers.alice(), slug));
        assertThat(application.messages()).containsExactly("before");

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        var process = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        Ending.done(Ending.delete(Callers.operator(), slug, slug));

        Awaitility.await("the server ends")
                .until(() -> process.info().commandLine().isEmpty());
        assertThat(folder).doesNotExist();
        assertThat(Callers.alice().get("/api/v1/tenants/" + id + "/certificate").<String>path("text"))
                .contains(
                        "removed now, dedicated servers: " + id,
                        "removed now, snapshots: snapshot_",
                        "left when looked at afterwards, dedicated servers: none",
                        "left when looked at afterwards, secrets: none");
    }

    @Test
    void after_a_restore_the_apps_are_exported_closed_and_brought_back_as_well() throws SQLException, IOException {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        done(post(slug, "/backups/" + backUp(slug) + "/restore"));
        Onboarding.quiet();

        var archive = Archive.read(Callers.alice().get("/api/v1/tenants/" + slug + "/export"));
        assertThat(archive.manifest().getList("databases.name", String.class))
                .hasSize(2)
                .contains(TenantDatabase.ofApp(slug));
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.reopen(Callers.alice(), slug));
    }

    private static String dedicated() {
        var slug = Onboarding.freshSlug();
        done(Onboarding.ask(slug, "starter", "alice@example.com", "dedicated"));
        return slug;
    }

    private static String backUp(String slug) {
        var asked = post(slug, "/backups");
        done(asked);
        return asked.path("backup");
    }

    private static Response post(String slug, String what) {
        return Callers.operator().post("/api/v1/tenants/" + slug + what);
    }

    private static void done(Response accepted) {
        Onboarding.finished(accepted.then().statusCode(202).extract().path("operation"), "done");
    }
}
