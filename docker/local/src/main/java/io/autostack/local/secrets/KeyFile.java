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
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The installation's keys: one on each line, the newest first, and a line `api-token KEY` once there was a second one.
/// API tokens are kept as a hash and cannot be hashed anew, so the key of that hash stays when the first key goes.
public final class KeyFile {

    private static final String TOKENS = "api-token";
    private static final String HEAD = "# AutoStack's keys, the newest first. Change them with ./autostack keys.";

    private final Path file;

    public KeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /// What the file holds.
    private record Content(List<String> keys, Optional<String> tokens) {}

    /// How many keys there are.
    public int keys() {
        return read().keys().size();
    }

    /// Puts a new key in front; the others stay, so that everything can still be opened.
    public void addNewest() {
        var content = read();
        var fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        var keys = new ArrayList<>(content.keys());
        keys.addFirst(Base64.getEncoder().encodeToString(fresh));
        write(keys, tokens(content));
    }

    /// Keeps the newest key only. Whoever calls it has made sure that nothing needs the others.
    public void keepNewest() {
        var content = read();
        write(content.keys().subList(0, 1), tokens(content));
    }

    private static String tokens(Content content) {
        return content.tokens().orElseGet(() -> {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(content.keys().getLast()), "HmacSHA256"));
                return Base64.getEncoder().encodeToString(mac.doFinal(TOKENS.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
            }
        });
    }

    private Content read() {
        try {
            var lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            var keys = lines.stream().filter(line -> !line.contains(" ")).toList();
            if (keys.isEmpty()) throw new IOException("there is no key in " + file);
            return new Content(
                    keys,
                    lines.stream()
                            .filter(line -> line.startsWith(TOKENS + " "))
                            .map(line -> line.substring(TOKENS.length()).strip())
                            .findFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a whole, and on the disk before it takes the old one's place: a key that seals must not get lost.
    private void write(List<String> keys, String tokens) {
        var folder = file.getParent();
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new", owner);
            var text = HEAD + "\n" + String.join("\n", keys) + "\n" + TOKENS + " " + tokens + "\n";
            Files.writeString(fresh, text, StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (var directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
