package io.autostack.pluginhost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.pluginhost.Artefacts.Kept;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactsTest {

    private static final String SHA256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private Artefacts artefacts;

    @BeforeEach
    void open() {
        artefacts = new Artefacts(() -> folder.resolve("artefacts"));
    }

    @Test
    void a_file_is_found_under_the_checksum_of_its_content() throws IOException {
        keep("hello", 100);

        assertThat(artefacts.find(SHA256_OF_HELLO))
                .hasValueSatisfying(file -> assertThat(file).hasContent("hello"));
    }

    @Test
    void keeping_the_same_content_twice_leaves_one_file() throws IOException {
        keep("hello", 100);
        keep("hello", 100);

        assertThat(files()).isEqualTo(1);
    }

    @Test
    void a_file_beyond_the_limit_is_not_kept() throws IOException {
        assertThat(keep("hello", 4)).isEqualTo(new Kept.TooLarge(4));
    }

    @Test
    void nothing_is_left_of_a_file_beyond_the_limit() throws IOException {
        keep("hello", 4);

        assertThat(files()).isZero();
    }

    @Test
    void a_name_that_is_no_checksum_never_becomes_a_path() {
        assertThatThrownBy(() -> artefacts.find("../../etc/passwd")).hasMessageStartingWith("not a SHA-256");
    }

    private Kept keep(String content, long max) throws IOException {
        return artefacts.keep(new ByteArrayInputStream(content.getBytes(UTF_8)), max);
    }

    private long files() throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
