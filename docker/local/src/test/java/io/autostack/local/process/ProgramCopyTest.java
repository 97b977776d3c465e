package io.autostack.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCopyTest {

    @TempDir
    Path folder;

    private Path from;
    private Path to;

    @BeforeEach
    void a_program() throws IOException {
        from = Files.createDirectories(folder.resolve("from"));
        to = folder.resolve("there/to");
        Files.createDirectories(from.resolve("lib"));
        Files.writeString(from.resolve("lib/code.so.1"), "code");
        Files.createSymbolicLink(from.resolve("lib/code.so"), Path.of("code.so.1"));
        Files.writeString(from.resolve("settings"), "ours");
    }

    @Test
    void what_never_changes_is_linked_and_everything_else_copied() throws IOException {
        ProgramCopy.make(from, to, file -> file.startsWith(from.resolve("lib")));
        Files.writeString(to.resolve("settings"), "theirs");

        assertThat(Files.readString(to.resolve("lib/code.so"))).isEqualTo("code");
        assertThat(Files.getAttribute(to.resolve("lib/code.so.1"), "unix:ino"))
                .isEqualTo(Files.getAttribute(from.resolve("lib/code.so.1"), "unix:ino"));
        assertThat(Files.isSymbolicLink(to.resolve("lib/code.so"))).isTrue();
        assertThat(Files.readString(from.resolve("settings"))).isEqualTo("ours");
    }

    @Test
    void whoever_comes_second_finds_it_made_and_leaves_nothing() throws IOException {
        ProgramCopy.make(from, to, file -> true);
        Files.writeString(to.resolve("first"), "was here");

        ProgramCopy.make(from, to, file -> true);

        assertThat(to.resolve("first")).exists();
        try (var left = Files.list(to.getParent())) {
            assertThat(left).containsExactly(to);
        }
    }

    @Test
    void what_cannot_be_read_to_its_end_leaves_no_folder() {
        var missing = folder.resolve("missing");

        assertThat(catchThrowable(() -> ProgramCopy.make(missing, to, file -> true)))
                .hasMessageContaining(missing.toString());
        assertThat(to.getParent()).isEmptyDirectory();
    }
}
