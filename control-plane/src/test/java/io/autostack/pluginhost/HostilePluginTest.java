package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.plugin.Permission;
import io.autostack.pluginhost.PluginAnswer.Crashed;
import io.autostack.pluginhost.PluginAnswer.Described;
import io.autostack.pluginhost.PluginAnswer.Refused;
import io.autostack.pluginhost.PluginAnswer.TimedOut;
import io.autostack.pluginhost.PluginAnswer.ToDescribe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("plugin-process")
class HostilePluginTest {

    private static final PluginRunner PATIENT = PluginRunnerTest.runner(Duration.ofSeconds(60));
    private static final PluginRunner IMPATIENT = PluginRunnerTest.runner(Duration.ofSeconds(2));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"System.exit(7), 7", "Runtime.getRuntime().halt(9), 9"})
    void ending_the_process_ends_only_the_plugin(String end, int code) throws IOException {
        assertThat(described(end + "; return plain(\"x\");"))
                .isEqualTo(new Crashed("It ended itself with exit code " + code + "."));
    }

    @Test
    void leaving_politely_without_an_answer_is_noticed() throws IOException {
        assertThat(described("System.exit(0); return plain(\"x\");"))
                .isEqualTo(new Crashed("It ended itself without an answer."));
    }

    @Test
    void an_endless_loop_is_ended() throws IOException {
        var jar = tiny("while (true) Thread.onSpinWait();");

        assertThat(IMPATIENT.describe(asked(jar))).isEqualTo(new TimedOut(Duration.ofSeconds(2)));
    }

    @Test
    void an_endless_plan_is_ended() throws IOException {
        var jar = PluginJars.tiny(folder, "return plain(\"x\");", "while (true) Thread.onSpinWait();");

        assertThat(IMPATIENT.plan(asked(jar), Set.of(Permission.SECRET), Map.of()))
                .isEqualTo(new TimedOut(Duration.ofSeconds(2)));
    }

    @Test
    void children_of_a_plugin_end_with_it() throws Exception {
        var before = ProcessHandle.current().descendants().collect(Collectors.toSet());
        var jar = tiny("child(\"16m\", \"sleep-86399\"); while (true) Thread.onSpinWait();");

        assertThat(IMPATIENT.describe(asked(jar))).isInstanceOf(TimedOut.class);

        var left = ProcessHandle.current().descendants().filter(child -> !before.contains(child));
        for (var child : left.toList()) child.onExit().get(30, TimeUnit.SECONDS);
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.endsWith("sleep-86399"));
    }

    @Test
    void a_thread_that_stays_behind_holds_nobody_up() throws IOException {
        assertThat(summary("new Thread(() -> { while (true) Thread.onSpinWait(); }).start(); return plain(\"fine\");"))
                .isEqualTo("fine");
    }

    @Test
    void the_environment_is_empty() throws IOException {
        assertThat(summary("return plain(\"env \" + System.getenv());")).isEqualTo("env {}");
    }

    @Test
    void the_working_directory_is_empty() throws IOException {
        assertThat(summary("return plain(\"files \" + Arrays.toString(new java.io.File(\".\").list()));"))
                .isEqualTo("files []");
    }

    @Test
    void printing_does_not_disturb_the_answer() throws IOException {
        assertThat(summary("System.out.println(\"{\\\"ok\\\":false}\"); return plain(\"fine\");"))
                .isEqualTo("fine");
    }

    @Test
    void noise_in_front_of_the_answer_makes_it_worthless() throws IOException {
        assertThat(described("say(\"noise\"); return plain(\"x\");")).isInstanceOf(Crashed.class);
    }

    @Test
    void a_forged_answer_is_held_to_the_same_promises() throws IOException {
        assertThat(described("""
                say("{\\"ok\\":true,\\"template\\":{\\"id\\":\\"tiny\\",\\"name\\":null}}");
                Runtime.getRuntime().halt(0); return null;""")).isInstanceOf(Crashed.class);
    }

    @Test
    void a_forged_plan_cannot_take_what_was_not_granted() throws IOException {
        var jar = PluginJars.tiny(folder, "return plain(\"x\");", """
                say("{\\"ok\\":true,\\"plan\\":{\\"components\\":[{\\"kind\\":\\"egress\\",\\"name\\":\\"out\\","
                    + "\\"gb\\":{\\"low\\":1,\\"high\\":2}}]}}");
                Runtime.getRuntime().halt(0); return null;""");

        assertThat(PATIENT.plan(asked(jar), Set.of(Permission.SECRET), Map.of()))
                .isEqualTo(new Refused("The plan needs permissions that were not granted: INTERNET."));
    }

    @Test
    void an_answer_without_end_is_cut_off() throws IOException {
        assertThat(described("while (true) say(\"x\".repeat(65536));"))
                .isEqualTo(new Crashed("It answered more than 1048576 bytes."));
    }

    @Test
    void a_log_without_end_does_not_fill_the_host() throws IOException {
        assertThat(
                        summary(
                                "for (int i = 0; i < 1000; i++) System.err.println(\"x\".repeat(10000)); return plain(\"fine\");"))
                .isEqualTo("fine");
    }

    @Test
    void eating_all_memory_ends_only_the_plugin() throws IOException {
        assertThat(described("var all = new ArrayList<byte[]>(); while (true) all.add(new byte[1 << 20]);"))
                .isEqualTo(new Crashed("It ran out of memory."));
    }

    @Test
    void a_plugin_that_throws_is_refused_with_its_reason() throws IOException {
        assertThat(described("throw new UnsupportedOperationException(\"no ink\");"))
                .isEqualTo(new Refused("The template failed: UnsupportedOperationException: no ink"));
    }

    @Test
    void a_plugin_that_answers_null_is_refused() throws IOException {
        assertThat(described("return null;"))
                .isEqualTo(
                        new Refused("The template failed: IllegalStateException: the template's description is null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {">=0.2.0 & <0.3.0", "<0.1.0"})
    void a_plugin_for_another_version_is_refused(String requires) throws IOException {
        var jar = PluginJars.jar(folder, "return plain(\"x\");", "return SOUND;", requires, "tiny.Tiny\n");

        assertThat(PATIENT.describe(asked(jar)))
                .isEqualTo(new Refused("The plugin requires plugin API " + requires + "; this is 0.1.0."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tiny.Missing\n", "java.lang.String\n"})
    void a_jar_without_a_template_is_refused(String index) throws IOException {
        var jar = PluginJars.jar(folder, "return plain(\"x\");", "return SOUND;", ">=0.1.0 & <0.2.0", index);

        assertThat(PATIENT.describe(asked(jar))).isInstanceOf(Refused.class);
    }

    @Test
    void a_jar_that_is_flawed_is_refused_before_any_process_starts() throws IOException {
        var text = Files.writeString(folder.resolve("text.jar"), "no jar");

        assertThat(PATIENT.describe(asked(text))).isInstanceOf(Refused.class);
    }

    @Test
    void the_hosts_network_cannot_be_reached() throws IOException {
        assumeTrue(PATIENT.isolation() == Isolation.CAGED, "this machine offers no cage");
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(summary("""
                    try { new java.net.Socket("127.0.0.1", %d).close(); return plain("connected"); }
                    catch (java.io.IOException e) { return plain("no network"); }""".formatted(server.getLocalPort()))).isEqualTo("no network");
        }
    }

    @Test
    void the_hosts_files_cannot_be_read() throws IOException {
        assumeTrue(PATIENT.isolation() == Isolation.CAGED, "this machine offers no cage");
        var secret = Files.writeString(folder.resolve("master.key"), "secret");

        assertThat(summary("return plain(\"there: \" + new java.io.File(\"%s\").exists());".formatted(secret)))
                .isEqualTo("there: false");
    }

    @Test
    void the_jars_it_runs_from_cannot_be_changed() throws IOException {
        assumeTrue(PATIENT.isolation() == Isolation.CAGED, "this machine offers no cage");

        assertThat(summary("""
                try { new java.io.FileOutputStream("/jars/plugin.jar", true).close(); return plain("changed"); }
                catch (java.io.IOException e) { return plain("read only"); }""")).isEqualTo("read only");
    }

    private static Inquiry asked(Path jar) {
        return new Inquiry(jar, Origin.THIRD_PARTY, "somebody");
    }

    private Path tiny(String describe) throws IOException {
        return PluginJars.tiny(folder, describe, "return SOUND;");
    }

    private ToDescribe described(String describe) throws IOException {
        return PATIENT.describe(asked(tiny(describe)));
    }

    private String summary(String describe) throws IOException {
        return described(describe) instanceof Described(var template)
                ? template.description().summary()
                : described(describe).toString();
    }
}
