package io.autostack.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.sealing.Envelope.Label;
import io.autostack.sealing.KeyRing.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final byte[] TEXT = "open sesame".getBytes(StandardCharsets.UTF_8);

    private final Label label = new Label("tenants/acme/database", 1, UUID.randomUUID());
    private final Key key = key(1);

    @Test
    void what_was_sealed_is_opened_with_the_same_key_and_label() {
        var sealed = Envelope.seal(label, TEXT, key);

        assertThat(sealed.keyId()).isEqualTo(key.id());
        assertThat(sealed.open(label, key)).isEqualTo(TEXT);
    }

    @Test
    void an_empty_value_and_a_large_one_are_values() {
        for (var text : List.of(new byte[0], new byte[1 << 20]))
            assertThat(Envelope.seal(label, text, key).open(label, key)).isEqualTo(text);
    }

    @Test
    void the_same_value_is_sealed_otherwise_each_time() {
        var one = Envelope.seal(label, TEXT, key);
        var other = Envelope.seal(label, TEXT, key);

        assertThat(one.sealed()).isNotEqualTo(other.sealed());
        assertThat(one.wrappedKey()).isNotEqualTo(other.wrappedKey());
        assertThat(Arrays.copyOf(one.sealed(), 12)).isNotEqualTo(Arrays.copyOf(other.sealed(), 12));
    }

    @Test
    void another_name_version_tenant_or_key_opens_nothing() {
        var sealed = Envelope.seal(label, TEXT, key);

        for (var other : List.of(
                new Label("tenants/acme/other", 1, label.tenant()),
                new Label(label.name(), 2, label.tenant()),
                new Label(label.name(), 1, UUID.randomUUID()))) assertClosed(() -> sealed.open(other, key));
        assertClosed(() -> sealed.open(label, key(2)));
    }

    @Test
    void a_single_bit_that_was_changed_anywhere_is_noticed() {
        var sealed = Envelope.seal(label, TEXT, key);
        var wrapped = wrapped(sealed);

        for (int at = 0; at < sealed.sealed().length; at++) {
            var changed = new Envelope(sealed.keyId(), wrapped, flipped(sealed.sealed(), at));
            assertClosed(() -> changed.open(label, key));
        }
        for (int at = 0; at < wrapped.length; at++) {
            var changed = new Envelope(sealed.keyId(), flipped(wrapped, at), sealed.sealed());
            assertClosed(() -> changed.open(label, key));
        }
    }

    @Test
    void what_is_too_short_to_be_sealed_is_refused_like_anything_that_was_changed() {
        var sealed = Envelope.seal(label, TEXT, key);
        for (int length : List.of(0, 5, 12, 13, 27))
            assertClosed(() -> new Envelope(sealed.keyId(), wrapped(sealed), new byte[length]).open(label, key));
    }

    @Test
    void a_key_of_one_value_opens_no_other() {
        var one = Envelope.seal(label, TEXT, key);
        var other = Envelope.seal(label, TEXT, key);

        assertClosed(() -> new Envelope(key.id(), wrapped(other), one.sealed()).open(label, key));
    }

    @Test
    void a_value_moves_to_another_key_without_being_sealed_anew() {
        var sealed = Envelope.seal(label, TEXT, key);
        var moved = sealed.under(label, key, key(2));

        assertThat(moved.keyId()).isEqualTo(key(2).id());
        assertThat(moved.sealed()).isEqualTo(sealed.sealed());
        assertThat(moved.open(label, key(2))).isEqualTo(TEXT);
        assertClosed(() -> moved.open(label, key));
    }

    @Test
    void a_value_moves_from_key_to_key_as_often_as_keys_are_rotated() {
        var value = Envelope.seal(label, TEXT, key(1));
        for (int next = 2; next < 6; next++) value = value.under(label, key(next - 1), key(next));

        assertThat(value.open(label, key(5))).isEqualTo(TEXT);
    }

    @Test
    void a_value_is_not_moved_under_another_label() {
        var sealed = Envelope.seal(label, TEXT, key);

        assertClosed(() -> sealed.under(new Label(label.name(), 2, label.tenant()), key, key(2)));
    }

    /// As the first version of AutoStack wrote it: nonce, text and tag under the installation's key itself.
    @Test
    void a_row_of_before_data_keys_is_opened_and_gets_a_key_of_its_own() {
        var acme = new Label("tenants/acme/database", 3, UUID.fromString("0195f1a0-0000-7000-8000-000000000001"));
        var row = new Envelope(
                "08266a3b57c9b199",
                null,
                hex("070707070707070707070707828a6e15ece9c151c97e9cfe150fa6e726de5ee79cc2d423394af9"));

        assertThat(key.id()).isEqualTo(row.keyId());
        assertThat(row.open(acme, key)).isEqualTo("from before".getBytes(StandardCharsets.UTF_8));
        assertClosed(() -> row.open(new Label(acme.name(), 4, acme.tenant()), key));

        var moved = row.under(acme, key, key(2));
        assertThat(wrapped(moved)).hasSize(12 + 32 + 16);
        assertThat(moved.open(acme, key(2))).isEqualTo("from before".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_row_that_was_written_before_sealing_had_a_package_of_its_own_is_opened() {
        var acme = new Label("tenants/acme/database", 3, UUID.fromString("0195f1a0-0000-7000-8000-000000000001"));
        var row = new Envelope(
                "08266a3b57c9b199",
                hex("c5d91b71111466c1b0278aec650ca5c3ba89615faa539b14a897332654ae104e"
                        + "f4e390552934dd48d34f51fbc8c5e711f1bbc2dcf3c84fac6a221f4b"),
                hex("da6122a7fd6ae8a22fce97065e85acf2c3bf12a677eed628a7464a1464cae98999ce31e9fefb49"));

        assertThat(row.open(acme, key)).isEqualTo(TEXT);
        assertThat(row.under(acme, key, key(2)).open(acme, key(2))).isEqualTo(TEXT);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static void assertClosed(org.assertj.core.api.ThrowableAssert.ThrowingCallable open) {
        assertThatThrownBy(open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageNotContaining("sesame");
    }

    private static byte[] wrapped(Envelope sealed) {
        var wrapped = sealed.wrappedKey();
        if (wrapped == null) throw new AssertionError("no key of its own");
        return wrapped;
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static Key key(int seed) {
        var master = new byte[32];
        Arrays.fill(master, (byte) seed);
        return new Key(master);
    }
}
