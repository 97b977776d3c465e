package io.autostack.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file system that is really full: a small one in memory, mounted where only a process of this test sees it. Needs a
/// Linux that lets this user have a mount namespace of his own.
class FullDiskTest {

    private static final int ROOM = 512 * 1024;

    @TempDir
    Path folder;

    @Test
    void a_file_for_which_there_is_no_room_is_refused_in_plain_words_and_leaves_nothing() throws Exception {
        assumeThat(inside("mount -t tmpfs -o size=" + ROOM + " tmpfs " + folder))
                .as("unshare and mount work for this user")
                .isEqualTo(new Ended(0, ""));

        var ended = inside("mount -t tmpfs -o size=" + ROOM + " tmpfs " + folder + " && exec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '"
                + System.getProperty("java.class.path") + "' " + FullDiskTest.class.getName() + " " + folder);

        assertThat(ended.output())
                .contains("There is no room left in " + folder.resolve("artefacts"))
                .contains("files left: 0")
                .contains("small one kept: true");
        assertThat(ended.code()).isZero();
    }

    private record Ended(int code, String output) {}

    private static Ended inside(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /// What runs on the small file system.
    public static void main(String[] arguments) throws IOException {
        var store = Path.of(arguments[0], "artefacts");
        var artefacts = new Artefacts(() -> store);
        try {
            artefacts.keep(new ByteArrayInputStream(new byte[2 * ROOM]), 4 * ROOM);
            System.out.println("kept, although there is no room");
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
        try (var left = Files.walk(store)) {
            System.out.println(
                    "files left: " + left.filter(Files::isRegularFile).count());
        }
        var small = artefacts.keep(new ByteArrayInputStream(new byte[1000]), 4 * ROOM);
        System.out.println("small one kept: " + (small instanceof Artefacts.Kept.Stored));
    }
}
