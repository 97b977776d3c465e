package io.autostack.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A sealed value that may change the key it needs: it is sealed under a random key of its own, which lies beside it,
/// wrapped by one of the installation's. What it is for is bound to both, so that a row cannot pass for another.
///
/// @param keyId of the installation's key that is needed to open it
/// @param wrappedKey null in rows of before, which are sealed with the installation's key itself
public record Envelope(String keyId, byte @Nullable [] wrappedKey, byte[] sealed) {

    private static final String WRAPPING = "secret-data-keys";
    private static final String DIRECT = "secret-store";
    private static final int KEY_BYTES = 32;

    /// What a sealed value is for.
    public record Label(String name, int version, UUID tenant) {

        private byte[] key() {
            return bytes("key\n" + name + "\n" + version + "\n" + tenant);
        }

        private byte[] value() {
            return bytes("value\n" + name + "\n" + version + "\n" + tenant);
        }

        private byte[] direct() {
            return bytes(name + "\n" + version);
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    public static Envelope seal(Label label, byte[] text, KeyRing.Key key) {
        var dataKey = AesGcm.random(KEY_BYTES);
        return new Envelope(
                key.id(),
                AesGcm.seal(key.forPurpose(WRAPPING), label.key(), dataKey),
                AesGcm.seal(aes(dataKey), label.value(), text));
    }

    /// @throws IllegalStateException when it was changed, or moved
    public byte[] open(Label label, KeyRing.Key key) {
        return wrappedKey == null
                ? open(label, key.forPurpose(DIRECT), label.direct(), sealed)
                : open(label, aes(dataKey(label, key, wrappedKey)), label.value(), sealed);
    }

    /// The same value under another key of the installation; one of before gets a key of its own.
    public Envelope under(Label label, KeyRing.Key from, KeyRing.Key to) {
        if (wrappedKey == null) return seal(label, open(label, from), to);
        var dataKey = dataKey(label, from, wrappedKey);
        return new Envelope(to.id(), AesGcm.seal(to.forPurpose(WRAPPING), label.key(), dataKey), sealed);
    }

    private static byte[] dataKey(Label label, KeyRing.Key key, byte[] wrapped) {
        return open(label, key.forPurpose(WRAPPING), label.key(), wrapped);
    }

    private static byte[] open(Label label, SecretKey key, byte[] associated, byte[] sealed) {
        try {
            return AesGcm.open(key, associated, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "secret " + label.name() + " cannot be opened; was its row changed or moved?", e);
        }
    }

    private static SecretKey aes(byte[] key) {
        return new SecretKeySpec(key, "AES");
    }
}
