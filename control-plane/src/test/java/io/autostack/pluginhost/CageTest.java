package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("plugin-process")
class CageTest {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final Limits LIMITS = Limits.of(Duration.ofSeconds(60));

    @ParameterizedTest
    @EnumSource
    void a_plugin_answers_the_same_in_every_cage_that_this_machine_has(Isolation isolation) throws IOException {
        var cage = Cage.with(isolation, JAVA.toRealPath(), PluginJars.runner().toRealPath());
        assumeTrue(cage.isPresent(), "this machine offers no " + isolation);

        try (var workspace = Workspace.make()) {
            var command = cage.get()
                    .command(workspace, LIMITS, "describe", PluginJars.nextJs().toRealPath());
            var outcome = RunnerProcess.run(command, workspace.work(), "{}", LIMITS);

            assertThat(RunnerReply.of(outcome)).isInstanceOf(RunnerReply.Template.class);
        }
    }

    @Test
    void starts_in_a_cage_share_the_classes_that_the_build_archived(@TempDir Path folder) throws IOException {
        var runner = PluginJars.runner().toRealPath();
        var cage = Cage.with(Isolation.CAGED, JAVA.toRealPath(), runner);
        assumeTrue(cage.isPresent(), "this machine offers no cage");
        assertThat(cage.get().sharesClasses()).isTrue();

        var alone = Files.copy(runner, folder.resolve(runner.getFileName()));
        assertThat(Cage.with(Isolation.CAGED, JAVA.toRealPath(), alone)).get().returns(false, Cage::sharesClasses);

        Files.copy(Cage.classArchive(runner), Cage.classArchive(alone));
        assertThat(Cage.with(Isolation.CAGED, JAVA.toRealPath(), alone))
                .as("the archive of an older jar")
                .get()
                .returns(false, Cage::sharesClasses);
    }

    /// Of the thread, and of its group where the kernel groups by session.
    @Test
    void s03_low_priority_holds_inside(@TempDir Path folder) throws IOException {
        var cage = Cage.with(
                Isolation.CAGED, JAVA.toRealPath(), PluginJars.runner().toRealPath());
        assumeTrue(cage.isPresent(), "this machine offers no cage");
        var jar = PluginJars.tiny(folder, """
                var group = java.nio.file.Path.of("/proc/self/autogroup");
                return plain(java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/stat")).split(" ")[18]
                    + (java.nio.file.Files.exists(group) ? " " + java.nio.file.Files.readString(group).split(" ")[2].strip() : ""));
                """, "return SOUND;");

        try (var workspace = Workspace.make()) {
            var command = cage.get().command(workspace, LIMITS, "describe", jar.toRealPath());
            var outcome = RunnerProcess.run(Priority.LOW.command(command), workspace.work(), "{}", LIMITS);

            assertThat(RunnerReply.of(outcome))
                    .isInstanceOfSatisfying(
                            RunnerReply.Template.class,
                            template ->
                                    assertThat(template.description().summary()).matches("10( 10)?"));
        }
    }

    /// Nobody watches it here, as when the platform was killed.
    @Test
    void s30_a_cage_ends_by_itself_when_whoever_asked_is_gone(@TempDir Path folder) throws Exception {
        var cage = Cage.with(
                Isolation.CAGED, JAVA.toRealPath(), PluginJars.runner().toRealPath());
        assumeTrue(cage.isPresent(), "this machine offers no cage");
        var jar = PluginJars.tiny(folder, "Thread.sleep(86_399_000); return null;", "return SOUND;");
        var soon = Limits.of(Duration.ofSeconds(-3));

        try (var workspace = Workspace.make()) {
            var process = new ProcessBuilder(cage.get().command(workspace, soon, "describe", jar.toRealPath())).start();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 9);
        }
    }

    @Test
    void a_runner_that_cannot_be_started_offers_no_cage() throws IOException {
        assertThat(Cage.with(Isolation.CAGED, Path.of("/nowhere/bin/java"), PluginJars.runner()))
                .isEmpty();
    }
}
