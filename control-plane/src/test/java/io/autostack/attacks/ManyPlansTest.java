package io.autostack.attacks;

import static io.autostack.testing.Problems.problem;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import io.autostack.plugin.Permission;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.jar.JarFacts;
import io.autostack.plugin.json.PluginJson;
import io.autostack.pluginhost.Artefacts;
import io.autostack.pluginhost.Isolation;
import io.autostack.pluginhost.PluginJars;
import io.autostack.pluginhost.PluginRunner;
import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One tenant asks a template that thinks for ever, sixty times at once.
@QuarkusTest
class ManyPlansTest {

    private static final int ASKED = 60;
    private static final int RUNNING = 1;
    private static final int WAITING = 2;

    /// As tests have it.
    private static final Duration BODY_WITHIN = Duration.ofSeconds(5);

    private final Artefacts artefacts;
    private final PluginRunner plugins;

    @TempDir
    Path folder;

    @Inject
    ManyPlansTest(Artefacts artefacts, PluginRunner plugins) {
        this.artefacts = artefacts;
        this.plugins = plugins;
    }

    @BeforeEach
    void put_on_offer() throws IOException, SQLException {
        var jar = PluginJars.tiny(folder, "return plain(\"Slow.\");", "Thread.sleep(86_399_000); return SOUND;");
        try (var content = Files.newInputStream(jar);
                var admin = Server.asSuperuser("autostack");
                var insert = admin.prepareStatement("""
                        insert into marketplace.release (template, version, sha256, description, verified, origin)
                        values ('tiny', '1.0.0', ?, ?::jsonb, false, 'upload')
                        """)) {
            insert.setString(1, ((Artefacts.Kept.Stored) artefacts.keep(content, JarFacts.MAX_JAR)).sha256());
            insert.setString(
                    2,
                    PluginJson.write(new TemplateDescription(
                            "tiny",
                            "Tiny",
                            "Slow.",
                            "Tiny.",
                            "Tests",
                            List.of(),
                            "",
                            "MIT",
                            Set.of(Permission.SECRET))));
            insert.executeUpdate();
        }
    }

    @AfterEach
    void take_off_offer() throws SQLException {
        try (var admin = Server.asSuperuser("autostack");
                var delete = admin.createStatement()) {
            delete.executeUpdate("delete from marketplace.release where template = 'tiny'");
        }
    }

    @Test
    void s03_sixty_plans_at_once_are_turned_away_at_once_and_hinder_nobody() throws Exception {
        assumeThat(plugins.isolation()).isEqualTo(Isolation.CAGED);
        var greedy = Onboarding.activeTenant("professional", "alice@example.com");
        var other = Onboarding.activeTenant("professional", "sales@example.com");
        var answers = new LinkedBlockingQueue<Response>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < ASKED; n++) {
                var name = "App " + n;
                people.execute(() -> answers.add(
                        Deploying.askForPlan(Callers.alice(), greedy, Map.of("template", "tiny", "name", name))));
            }
            for (int n = 0; n < ASKED - RUNNING - WAITING; n++)
                problem(answers.take(), 429, "too-many-requests")
                        .header("Retry-After", notNullValue())
                        .body("detail", containsString("of this tenant"));

            Deploying.plan(Callers.person("sales"), other, "Shop");
            Callers.person("sales").get("/api/v1/tenants/" + other).then().statusCode(200);
            Awaitility.await("no transaction is open")
                    .atMost(Duration.ofSeconds(10))
                    .until(ManyPlansTest::noTransactionIsOpen);
            Awaitility.await("those that think or wait are left alone for longer than a body may take")
                    .during(BODY_WITHIN.plusSeconds(1))
                    .atMost(BODY_WITHIN.multipliedBy(3))
                    .until(answers::isEmpty);

            Awaitility.await("the rest is answered")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        endThinking();
                        return answers.size() == RUNNING + WAITING;
                    });
        }
        for (var answer : answers) problem(answer, 502, "plugin-failed");
    }

    /// One that a thinking plugin held open would not end.
    private static boolean noTransactionIsOpen() throws SQLException {
        try (var admin = Server.asSuperuser("autostack");
                var select = admin.createStatement();
                var row = select.executeQuery("select count(*) from pg_stat_activity"
                        + " where datname = 'autostack' and state like 'idle in transaction%'")) {
            row.next();
            return row.getLong(1) == 0;
        }
    }

    private static void endThinking() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").endsWith("plan /jars/plugin.jar"))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
