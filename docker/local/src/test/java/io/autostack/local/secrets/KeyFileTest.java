package io.autostack.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path home;

    @Test
    void a_new_key_goes_in_front_and_the_hash_of_tokens_keeps_its_own() throws IOException {
        var first = Secrets.in(home).key("master.key");
        var file = Secrets.in(home).file("master.key");

        new KeyFile(file).addNewest();
        var once = words(file);
        new KeyFile(file).addNewest();
        var twice = words(file);

        assertThat(once).hasSize(3);
        assertThat(once.get(1)).isEqualTo(first);
        assertThat(once.getLast()).startsWith("api-token ");
        assertThat(twice).hasSize(4).endsWith(once.get(0), first, once.getLast());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void keys_that_are_made_are_drawn_by_chance() throws IOException {
        Secrets.in(home).key("master.key");
        var file = Secrets.in(home).file("master.key");
        for (int more = 0; more < 3; more++) new KeyFile(file).addNewest();

        assertThat(words(file).subList(0, 4)).doesNotHaveDuplicates();
    }

    @Test
    void only_the_newest_key_and_that_of_tokens_are_kept() throws IOException {
        Secrets.in(home).key("master.key");
        var file = Secrets.in(home).file("master.key");
        new KeyFile(file).addNewest();
        var both = words(file);

        new KeyFile(file).keepNewest();

        assertThat(words(file)).containsExactly(both.getFirst(), both.getLast());
        assertThat(new KeyFile(file).keys()).isEqualTo(1);
    }

    @Test
    void an_empty_file_is_not_filled_with_a_key_that_opens_nothing() throws IOException {
        var file = Files.writeString(home.resolve("empty"), "# nothing\n");

        assertThatThrownBy(() -> new KeyFile(file).addNewest()).hasMessageContaining("must hold 32 bytes in base64");
    }

    @Test
    void keys_of_other_purposes_stay_as_they_are() throws IOException {
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        var file = Files.writeString(home.resolve("keys"), key + "\nsession  " + key + "\n");

        new KeyFile(file).addNewest();

        assertThat(words(file)).hasSize(4).contains("session " + key);
        assertThat(new KeyFile(file).read().purposes()).containsOnlyKeys("api-token", "session");
    }

    private static List<String> words(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
