package io.autostack.local.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The installation's keys: one on each line, the newest first, and a line `api-token KEY` once there was a second one.
/// API tokens are kept as a hash and cannot be hashed anew, so the key of that hash stays when the first key goes.
public final class KeyFile {

    private static final String TOKENS = "api-token";
    private static final String HEAD = "# AutoStack's keys, the newest first. Change them with ./autostack keys.";
    private static final int KEY_BYTES = 32;

    private final Path file;

    public KeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /// What the file holds.
    ///
    /// @param keys the newest first; never none
    /// @param purposes keys of purposes that do not change with the installation's, by their names
    public record Content(List<byte[]> keys, Map<String, byte[]> purposes) {}

    public Path path() {
        return file;
    }

    /// How many keys there are.
    public int keys() {
        return read().keys().size();
    }

    /// Puts a new key in front; the others stay, so that everything can still be opened.
    public void addNewest() {
        var content = read();
        var fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        var keys = new ArrayList<>(content.keys());
        keys.addFirst(fresh);
        write(keys, lasting(content));
    }

    /// Keeps the newest key only. Whoever calls it has made sure that nothing needs the others.
    public void keepNewest() {
        var content = read();
        write(content.keys().subList(0, 1), lasting(content));
    }

    /// With the key of the hash of tokens as it was when there was one key.
    private static Map<String, byte[]> lasting(Content content) {
        var purposes = new TreeMap<>(content.purposes());
        purposes.computeIfAbsent(TOKENS, purpose -> {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(content.keys().getLast(), "HmacSHA256"));
                return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        });
        return purposes;
    }

    /// @throws IllegalStateException when it holds no key or a broken one; the message quotes none
    public Content read() {
        return parse(lines(), "autostack.secrets.key-file", file.toString());
    }

    /// The same from somewhere else.
    ///
    /// @param setting what says where the lines are
    /// @param where they are
    public static Content parse(List<String> lines, String setting, String where) {
        var keys = new ArrayList<byte[]>();
        var purposes = new HashMap<String, byte[]>();
        for (var line : lines) {
            var words = line.strip().split(" +");
            if (words[0].isEmpty() || words[0].startsWith("#")) continue;
            var key = bytes(words[words.length == 1 ? 0 : 1]);
            if (key.length != KEY_BYTES) throw wrong(setting, where);
            if (words.length == 1) keys.add(key);
            else purposes.put(words[0], key);
        }
        if (keys.isEmpty()) throw wrong(setting, where);
        return new Content(List.copyOf(keys), Map.copyOf(purposes));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("autostack.secrets.key-file cannot be read: " + file, e);
        }
    }

    /// None when it is not base64: nobody repeats the word, which may be a key with a slip of the pen.
    private static byte[] bytes(String word) {
        try {
            return Base64.getDecoder().decode(word);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static IllegalStateException wrong(String setting, String where) {
        return new IllegalStateException(
                setting + " must hold 32 bytes in base64 on each line, the newest key first: " + where);
    }

    /// As a whole, and on the disk before it takes the old one's place: a key that seals must not get lost.
    private void write(List<byte[]> keys, Map<String, byte[]> purposes) {
        var lines = new ArrayList<String>();
        lines.add(HEAD);
        for (var key : keys) lines.add(Base64.getEncoder().encodeToString(key));
        purposes.forEach(
                (purpose, key) -> lines.add(purpose + " " + Base64.getEncoder().encodeToString(key)));
        var folder = file.getParent();
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new", owner);
            Files.write(fresh, lines, StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (var directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
