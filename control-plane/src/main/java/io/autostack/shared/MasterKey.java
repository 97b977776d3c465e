package io.autostack.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The installation's keys, kept in a file outside the database, the newest first. Everything keyed uses a key of its
/// own made from one of them. The file is read again before anything is sealed, so that a rotation needs no restart.
@ApplicationScoped
public class MasterKey {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private volatile Lines lines;

    @Inject
    MasterKey(@ConfigProperty(name = "autostack.secrets.key-file") Path file) {
        this.file = file;
        this.lines = read();
    }

    /// What the file holds.
    ///
    /// @param keys the newest first
    /// @param purposes keys of purposes that do not change with the installation's: what is hashed cannot be hashed
    ///     anew
    private record Lines(List<byte[]> keys, Map<String, byte[]> purposes) {}

    /// What was sealed, and the id of the installation's key that is needed to open it.
    public record Sealed(String keyId, byte[] bytes) {}

    /// HMAC-SHA256 of the text under the key that belongs to the purpose. It stays the same when the installation's key
    /// is rotated.
    public byte[] hmac(String purpose, String text) {
        var fixed = lines.purposes().get(purpose);
        return hmac(fixed == null ? hmac(lines.keys().getLast(), purpose) : fixed, text);
    }

    /// Encrypts what must not lie about readable, under the key that belongs to the purpose (AES-256-GCM).
    public Sealed seal(String purpose, byte[] open) {
        lines = read();
        var key = lines.keys().getFirst();
        try {
            var nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, key, purpose, nonce).doFinal(open);
            return new Sealed(
                    id(key),
                    ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    /// @throws IllegalStateException when it was changed, or sealed under a key that is not there
    public byte[] open(String purpose, byte[] sealed) {
        for (var keys : List.of(lines.keys(), read().keys()))
            for (var key : keys)
                try {
                    return cipher(Cipher.DECRYPT_MODE, key, purpose, Arrays.copyOf(sealed, NONCE_BYTES))
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
                } catch (GeneralSecurityException anotherKey) {
                    // the next one, then
                }
        throw new IllegalStateException("what was sealed for " + purpose
                + " cannot be opened: it was changed, or its key is not in " + file + " any more");
    }

    private static Cipher cipher(int mode, byte[] key, String purpose, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(hmac(key, purpose), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    /// The same as beside each secret.
    private static String id(byte[] key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(hmac(key, "secret-store")), 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private Lines read() {
        var keys = new ArrayList<byte[]>();
        var purposes = new HashMap<String, byte[]>();
        try {
            for (var line : Files.readAllLines(file)) {
                var words = line.strip().split(" +");
                if (words[0].isEmpty() || words[0].startsWith("#")) continue;
                if (words.length == 1) keys.add(bytes(words[0]));
                else purposes.put(words[0], bytes(words[1]));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("autostack.secrets.key-file cannot be read: " + file, unreadable);
        }
        if (keys.isEmpty()) throw wrong();
        return new Lines(List.copyOf(keys), Map.copyOf(purposes));
    }

    private byte[] bytes(String word) {
        try {
            var bytes = Base64.getDecoder().decode(word);
            if (bytes.length == KEY_BYTES) return bytes;
        } catch (IllegalArgumentException notBase64) {
            // said below, without the word: it may be a key with a slip of the pen
        }
        throw wrong();
    }

    private IllegalStateException wrong() {
        return new IllegalStateException(
                "autostack.secrets.key-file must hold 32 bytes in base64 on each line, the newest key first: " + file);
    }
}
