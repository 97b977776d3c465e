package io.autostack.provisioning.cloud.local;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The installation's keys, as the key file has them: one on each line, the newest first. The file is read again when a
/// key is needed that was not in it, and before anything is sealed, so that a rotation needs no restart.
@ApplicationScoped
class KeyRing {

    private static final int KEY_BYTES = 32;

    private final Path file;
    private volatile List<Key> keys;

    @Inject
    KeyRing(@ConfigProperty(name = "autostack.secrets.key-file") Path file) {
        this.file = file;
        this.keys = read();
    }

    /// Keys for two purposes, made from one line of the file.
    ///
    /// @param id stands beside what is sealed
    /// @param wrapping wraps data keys
    /// @param direct sealed the secrets of before data keys
    record Key(String id, SecretKeySpec wrapping, SecretKeySpec direct) {

        static Key of(byte[] master) {
            try {
                var direct = hmac(master, "secret-store");
                var id = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(direct), 0, 8);
                return new Key(
                        id,
                        new SecretKeySpec(hmac(master, "secret-data-keys"), "AES"),
                        new SecretKeySpec(direct, "AES"));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java platform has HmacSHA256 and SHA-256", impossible);
            }
        }

        private static byte[] hmac(byte[] key, String purpose) throws GeneralSecurityException {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// The newest one, which seals.
    Key current() {
        return all().getFirst();
    }

    /// As the file has them now.
    List<Key> all() {
        keys = read();
        return keys;
    }

    /// @throws IllegalStateException when the file has no such key
    Key get(String id) {
        return find(keys, id)
                .or(() -> find(all(), id))
                .orElseThrow(() -> new IllegalStateException("this is sealed under the key " + id
                        + ", which is not in " + file + ". Put that key back into the file, as a line below the newest"
                        + " one; it may go when nothing is sealed under it any more"));
    }

    private static Optional<Key> find(List<Key> keys, String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /// Lines of two words are keys of other purposes.
    private List<Key> read() {
        try {
            var found = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.contains(" "))
                    .map(line -> Key.of(bytes(line)))
                    .toList();
            if (found.isEmpty()) throw wrong();
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("autostack.secrets.key-file cannot be read: " + file, unreadable);
        }
    }

    private byte[] bytes(String line) {
        try {
            var bytes = Base64.getDecoder().decode(line);
            if (bytes.length == KEY_BYTES) return bytes;
        } catch (IllegalArgumentException notBase64) {
            // said below, without the line: it may be a key with a slip of the pen
        }
        throw wrong();
    }

    private IllegalStateException wrong() {
        return new IllegalStateException(
                "autostack.secrets.key-file must hold 32 bytes in base64 on each line, the newest key first: " + file);
    }
}
