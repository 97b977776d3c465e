package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.cloud.local.Envelope.Label;
import io.autostack.provisioning.cloud.local.KeyRing.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        return Key.of(master);
    }
}
