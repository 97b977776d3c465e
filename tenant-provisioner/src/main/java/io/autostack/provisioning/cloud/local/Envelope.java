package io.autostack.provisioning.cloud.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A sealed value (AES-256-GCM): under a random key of its own, which lies beside it, wrapped by one of the
/// installation's. What it is for is bound to both, so that a row cannot pass for another.
///
/// @param keyId of the installation's key that is needed to open it
/// @param wrappedKey null in rows of before, which are sealed with the installation's key itself
record Envelope(String keyId, byte @Nullable [] wrappedKey, byte[] sealed) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    /// What a sealed value is for.
    record Label(String name, int version, UUID tenant) {

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

    static Envelope seal(Label label, byte[] text, KeyRing.Key key) {
        var dataKey = random(KEY_BYTES);
        var sealed = encrypted(new SecretKeySpec(dataKey, "AES"), label.value(), text);
        return new Envelope(key.id(), encrypted(key.wrapping(), label.key(), dataKey), sealed);
    }

    /// @throws IllegalStateException when it was changed, or moved
    byte[] open(Label label, KeyRing.Key key) {
        return wrappedKey == null
                ? decrypted(label, key.direct(), label.direct(), sealed)
                : decrypted(label, dataKey(label, key, wrappedKey), label.value(), sealed);
    }

    /// The same value under another key of the installation; one of before gets a key of its own.
    Envelope under(Label label, KeyRing.Key from, KeyRing.Key to) {
        if (wrappedKey == null) return seal(label, open(label, from), to);
        var dataKey = dataKey(label, from, wrappedKey).getEncoded();
        return new Envelope(to.id(), encrypted(to.wrapping(), label.key(), dataKey), sealed);
    }

    private static SecretKeySpec dataKey(Label label, KeyRing.Key key, byte[] wrapped) {
        return new SecretKeySpec(decrypted(label, key.wrapping(), label.key(), wrapped), "AES");
    }

    private static byte[] encrypted(SecretKeySpec key, byte[] bound, byte[] text) {
        try {
            var nonce = random(NONCE_BYTES);
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(text);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    private static byte[] decrypted(Label label, SecretKeySpec key, byte[] bound, byte[] sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), bound)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException changed) {
            throw new IllegalStateException(
                    "secret " + label.name() + " cannot be opened; was its row changed or moved?", changed);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] bound)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
