package io.autostack.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurposeKeysTest {

    private static final byte[] TEXT = "open sesame".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void what_was_sealed_for_a_purpose_is_opened_for_that_one_only() throws IOException {
        var key = key(line(1));
        var sealed = key.seal("answers", TEXT);

        assertThat(key.open("answers", sealed.bytes())).isEqualTo(TEXT);
        assertThatThrownBy(() -> key.open("sessions", sealed.bytes()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sessions");
    }

    @Test
    void the_same_text_is_sealed_otherwise_each_time() throws IOException {
        var key = key(line(1));

        assertThat(key.seal("answers", TEXT).bytes())
                .isNotEqualTo(key.seal("answers", TEXT).bytes());
    }

    @Test
    void a_single_bit_that_was_changed_anywhere_is_noticed() throws IOException {
        var key = key(line(1));
        var sealed = key.seal("answers", TEXT).bytes();
        for (int at = 0; at < sealed.length; at++) {
            var changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> key.open("answers", changed)).hasMessageContaining("cannot be opened");
        }
    }

    @Test
    void a_new_key_seals_from_the_next_time_on_and_what_was_sealed_before_stays_open() throws IOException {
        var key = key(line(1));
        var before = key.seal("answers", TEXT);

        Files.writeString(file(), line(2) + "\n" + line(1));
        var after = key.seal("answers", TEXT);

        assertThat(after.keyId()).isNotEqualTo(before.keyId()).matches("[0-9a-f]{16}");
        for (var sealed : List.of(before, after))
            assertThat(key.open("answers", sealed.bytes())).isEqualTo(TEXT);
    }

    @Test
    void what_another_replica_sealed_under_a_newer_key_is_opened_without_a_restart() throws IOException {
        var here = key(line(1));
        Files.writeString(file(), line(2) + "\n" + line(1));
        var sealed = new PurposeKeys(new KeyRing(file())).seal("answers", TEXT);

        assertThat(here.open("answers", sealed.bytes())).isEqualTo(TEXT);
    }

    @Test
    void what_was_sealed_under_a_key_that_was_taken_away_stays_closed() throws IOException {
        var sealed = key(line(1)).seal("answers", TEXT);

        assertThatThrownBy(() -> key(line(2)).open("answers", sealed.bytes()))
                .hasMessageContaining("its key is not in")
                .hasMessageNotContaining(line(2));
    }

    @Test
    void what_is_hashed_stays_findable_when_the_key_is_rotated() throws IOException {
        var before = key(line(1)).hmac("api-token", "ask_secret");

        assertThat(before).hasSize(32);
        assertThat(key(line(2) + "\n" + line(1)).hmac("api-token", "ask_secret"))
                .as("the oldest key hashes")
                .isEqualTo(before);
        assertThat(key(line(1)).hmac("api-token", "ask_other")).isNotEqualTo(before);
        assertThat(key(line(1)).hmac("sessions", "ask_secret")).isNotEqualTo(before);
    }

    @Test
    void a_purpose_may_have_a_key_of_its_own_which_outlives_the_installations() throws IOException {
        var one = key(line(1) + "\napi-token " + line(9)).hmac("api-token", "ask_secret");

        assertThat(key(line(2) + "\napi-token  " + line(9)).hmac("api-token", "ask_secret"))
                .isEqualTo(one);
        assertThat(key(line(1)).hmac("api-token", "ask_secret")).isNotEqualTo(one);
    }

    @Test
    void comments_and_empty_lines_say_nothing() throws IOException {
        var plain = key(line(1)).hmac("api-token", "x");

        assertThat(key("# newest first\n\n  " + line(1) + "  \n").hmac("api-token", "x"))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# words", "not-base64!", "QUFB", "api-token QUFB", "api-token"})
    void a_file_without_a_key_or_with_a_broken_one_is_refused_without_being_quoted(String text) {
        assertThatThrownBy(() -> key(text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("32 bytes in base64")
                .hasMessageNotContaining("QUFB");
    }

    @Test
    void a_file_that_is_not_there_is_called_by_its_setting() {
        assertThatThrownBy(() -> new PurposeKeys(new KeyRing(folder.resolve("nowhere"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("autostack.secrets.key-file");
    }

    @Test
    void what_is_too_short_to_be_sealed_is_refused_like_anything_that_was_changed() throws IOException {
        var key = key(line(1));
        for (int length : List.of(0, 5, 12, 13, 27))
            assertThatThrownBy(() -> key.open("answers", new byte[length]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be opened");
    }

    @Test
    void what_was_stored_before_sealing_had_a_package_of_its_own_is_opened_and_found() throws IOException {
        var key = key(line(1));

        assertThat(key.open(
                        "idempotent-answers",
                        hex("f1113f895c165e67f474d5be0bcdc396a13bf1dad3034d7011e3e5109cab84b59ebc885a26ad9d")))
                .isEqualTo(TEXT);
        assertThat(key.open(
                        "session-tokens",
                        hex("15fa8684132aef7ae7c5df880ddf7273f4380a349954630cf73047688cbb68d7cd91a55a6c8633")))
                .isEqualTo(TEXT);
        assertThat(key.seal("idempotent-answers", TEXT).keyId()).isEqualTo("08266a3b57c9b199");
        assertThat(key.hmac("api-token", "ask_secret"))
                .isEqualTo(hex("7c9b965fcfe8b656b18e8b36b1d08299c034d9c2f793f1190b624d39857ae71e"));
        assertThat(key(line(1) + "\napi-token " + line(9)).hmac("api-token", "ask_secret"))
                .isEqualTo(hex("354c36512fa4157e139b6378455c63f9e9cac82e0ea74d07879fc5e8d1e8a0ca"));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private PurposeKeys key(String text) throws IOException {
        Files.writeString(file(), text);
        return new PurposeKeys(new KeyRing(file()));
    }

    private Path file() {
        return folder.resolve("keys");
    }

    private static String line(int seed) {
        var master = new byte[32];
        Arrays.fill(master, (byte) seed);
        return Base64.getEncoder().encodeToString(master);
    }
}
