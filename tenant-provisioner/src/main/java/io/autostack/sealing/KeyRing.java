package io.autostack.sealing;

import io.autostack.local.secrets.KeyFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The installation's keys, as the key file has them, the newest first. The file is read again when a key is needed
/// that was not in it, and before anything is sealed, so that a rotation needs no restart.
@ApplicationScoped
public class KeyRing {

    private static final String KEYS = "autostack.secrets.keys";

    private final Supplier<KeyFile.Content> source;
    private final String where;
    private volatile Content content;

    /// @param keys the same lines without a file, for who runs where secrets come as variables; they change with a
    /// start
    @Inject
    KeyRing(
            @ConfigProperty(name = "autostack.secrets.key-file") Optional<Path> file,
            @ConfigProperty(name = KEYS) Optional<String> keys) {
        this(
                keys.<Supplier<KeyFile.Content>>map(
                                text -> () -> KeyFile.parse(text.lines().toList(), KEYS, "in the environment"))
                        .or(() -> file.map(KeyFile::new).map(found -> found::read))
                        .orElseThrow(() -> new IllegalStateException(
                                "neither autostack.secrets.key-file nor autostack.secrets.keys is set")),
                keys.isPresent() ? KEYS : file.map(Path::toString).orElse(""));
    }

    KeyRing(Path file) {
        this(Optional.of(file), Optional.empty());
    }

    private KeyRing(Supplier<KeyFile.Content> source, String where) {
        this.source = source;
        this.where = where;
        this.content = read();
    }

    private record Content(List<Key> keys, Map<String, SecretKey> purposes) {}

    /// One of the installation's keys. It is never used itself: each purpose has a key that is derived from it.
    public static final class Key {

        private final byte[] master;
        private final String id;

        Key(byte[] master) {
            this.master = master.clone();
            this.id = HexFormat.of().formatHex(sha256(hmac(master, "secret-store")), 0, 8);
        }

        /// What stands beside everything that is sealed under it.
        public String id() {
            return id;
        }

        SecretKey forPurpose(String purpose) {
            return new SecretKeySpec(hmac(master, purpose), "AES");
        }
    }

    /// The newest one, which seals.
    public Key current() {
        return all().getFirst();
    }

    /// As the file has them now.
    public List<Key> all() {
        content = read();
        return content.keys();
    }

    /// @throws IllegalStateException when the file has no such key
    public Key get(String id) {
        return find(held(), id)
                .or(() -> find(all(), id))
                .orElseThrow(() -> new IllegalStateException("this is sealed under the key " + id
                        + ", which is not in " + where + ". Put that key back there, as a line below the"
                        + " newest one; it may go when nothing is sealed under it any more"));
    }

    /// As the file had them when it was read last.
    List<Key> held() {
        return content.keys();
    }

    /// The key of a purpose whose work cannot be done anew when the installation's key is rotated: one of its own in
    /// the file, or derived from the oldest.
    SecretKey lasting(String purpose) {
        var now = content;
        var own = now.purposes().get(purpose);
        return own == null ? now.keys().getLast().forPurpose(purpose) : own;
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Optional<Key> find(List<Key> keys, String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private Content read() {
        var found = source.get();
        return new Content(
                found.keys().stream().map(Key::new).toList(),
                found.purposes().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, own -> new SecretKeySpec(own.getValue(), "AES"))));
    }
}
