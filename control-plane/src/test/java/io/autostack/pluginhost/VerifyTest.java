package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./autostack plugin verify` without the launcher.
@Tag("plugin-process")
class VerifyTest {

    private static final PluginRunner RUNNER = PluginRunnerTest.runner(Duration.ofSeconds(60));

    private final List<String> said = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void s31_a_sound_jar_is_described_and_planned() {
        assertThat(verdict(PluginJars.nextJs())).isTrue();
        assertThat(said.getFirst()).startsWith("Next.js + PostgreSQL (nextjs-postgresql 0.1.0), SHA-256 ");
        assertThat(said.getLast()).isEqualTo("Planned with its initial values: 5 components.");
    }

    @Test
    void s31_a_jar_is_asked_in_the_cage_of_the_server() throws IOException {
        assumeThat(RUNNER.isolation()).isEqualTo(Isolation.CAGED);
        var key = Files.writeString(folder.resolve("master.key"), "secret");

        assertThat(verdict(PluginJars.tiny(
                        folder,
                        "return plain(\"%s is there: \" + new java.io.File(\"%s\").exists()".formatted("key", key)
                                + " + \", environment \" + System.getenv());",
                        "return SOUND;")))
                .isTrue();
        assertThat(said.get(1)).contains("key is there: false, environment {}");
    }

    @Test
    void s31_a_plan_that_fails_here_fails_the_verdict() throws IOException {
        var jar = PluginJars.tiny(folder, "return plain(\"x\");", "System.exit(7); return SOUND;");

        assertThat(verdict(jar)).isFalse();
        assertThat(said.getLast()).isEqualTo("Refused: It ended itself with exit code 7.");
    }

    @Test
    void s31_a_file_that_is_no_jar_is_refused_in_words() throws IOException {
        assertThat(verdict(Files.writeString(folder.resolve("text.jar"), "no jar")))
                .isFalse();
        assertThat(said).containsExactly("Refused: The file is not a readable jar: cut off, damaged or none.");
    }

    private boolean verdict(Path jar) {
        return Verify.verdict(RUNNER, jar, said::add);
    }
}
