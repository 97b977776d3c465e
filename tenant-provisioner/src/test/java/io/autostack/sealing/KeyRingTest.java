package io.autostack.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

    @TempDir
    Path folder;

    @Test
    void the_newest_key_stands_first_and_seals() throws IOException {
        var keys = ring(line(1) + "\n" + line(2));

        assertThat(keys.current().id()).isEqualTo(id(1));
        assertThat(keys.all()).extracting(KeyRing.Key::id).containsExactly(id(1), id(2));
        assertThat(keys.get(id(2)).id()).isEqualTo(id(2));
    }

    @Test
    void what_is_no_key_of_the_installation_is_passed_over() throws IOException {
        var keys = ring("# the newest first\n\n  " + line(1) + "  \napi-token " + line(2) + "\n" + line(3) + "\n");

        assertThat(keys.all()).extracting(KeyRing.Key::id).containsExactly(id(1), id(3));
    }

    @Test
    void a_key_that_was_added_is_found_without_a_restart_and_seals_from_then_on() throws IOException {
        var keys = ring(line(1));
        Files.writeString(file(), line(2) + "\n" + line(1));

        assertThat(keys.get(id(2)).id()).isEqualTo(id(2));
        assertThat(keys.current().id()).isEqualTo(id(2));
        assertThat(keys.get(id(1)).id()).isEqualTo(id(1));
    }

    @Test
    void a_key_that_is_not_there_is_called_by_its_id_with_what_to_do() throws IOException {
        var keys = ring(line(1));

        assertThatThrownBy(() -> keys.get(id(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(id(2))
                .hasMessageContaining("Put that key back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but words\n", "not base64 at all!", "short", "api-token only"})
    void a_file_without_a_key_or_with_a_broken_one_is_refused_without_being_quoted(String text) throws IOException {
        Files.writeString(file(), text.equals("short") ? Base64.getEncoder().encodeToString(new byte[31]) : text);

        assertThatThrownBy(() -> new KeyRing(file()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("32 bytes in base64")
                .hasMessageNotContaining("AAAA");
    }

    @Test
    void a_file_that_is_not_there_is_called_by_its_setting() {
        assertThatThrownBy(() -> new KeyRing(folder.resolve("nowhere")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("autostack.secrets.key-file");
    }

    @Test
    void keys_can_come_without_a_file_and_are_refused_without_being_quoted() throws IOException {
        var lines = Base64.getEncoder().encodeToString(master(2)) + "\n"
                + Base64.getEncoder().encodeToString(master(1)) + "\n";

        var ring = new KeyRing(Optional.of(folder.resolve("nowhere")), Optional.of(lines));

        assertThat(ring.all()).extracting(KeyRing.Key::id).containsExactly(id(2), id(1));
        assertThatThrownBy(() -> new KeyRing(Optional.empty(), Optional.of("secret")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("autostack.secrets.keys")
                .hasMessageNotContaining("secret\n");
        assertThatThrownBy(() -> new KeyRing(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("neither");
    }

    @Test
    void keys_for_two_purposes_are_two_and_the_id_gives_neither_away() {
        var key = new KeyRing.Key(master(1));

        assertThat(key.id()).isEqualTo("08266a3b57c9b199");
        assertThat(key.forPurpose("one").getEncoded())
                .hasSize(32)
                .isNotEqualTo(key.forPurpose("other").getEncoded())
                .isEqualTo(new KeyRing.Key(master(1)).forPurpose("one").getEncoded());
        assertThat(id(2)).isNotEqualTo(key.id());
    }

    private KeyRing ring(String text) throws IOException {
        Files.writeString(file(), text);
        return new KeyRing(file());
    }

    private Path file() {
        return folder.resolve("keys");
    }

    private static String line(int seed) {
        return Base64.getEncoder().encodeToString(master(seed));
    }

    private static String id(int seed) {
        return new KeyRing.Key(master(seed)).id();
    }

    private static byte[] master(int seed) {
        var master = new byte[32];
        Arrays.fill(master, (byte) seed);
        return master;
    }
}
