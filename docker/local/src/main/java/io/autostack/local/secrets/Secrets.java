package io.autostack.local.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/// The secrets of one installation: each is generated when it is first asked for and stays the same from then on.
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    /// Without characters that look alike, because people type these.
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Path folder;

    private Secrets(Path folder) {
        this.folder = folder;
    }

    public static Secrets in(Path home) {
        var folder = home.resolve("secrets");
        onlyForThisUser(folder);
        return new Secrets(folder);
    }

    /// Letters and digits only: 20 characters with a lower-case letter, an upper-case letter and a digit.
    public String password(String name) {
        return keep(name, Secrets::newPassword);
    }

    /// 32 random bytes, base64.
    public String key(String name) {
        return keep(name, () -> Base64.getEncoder().encodeToString(random(32)));
    }

    /// An API token: `ask_` and 32 random bytes in URL-safe base64.
    public String token(String name) {
        return keep(name, Secrets::newToken);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /// Whether the secret was generated already.
    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /// Replaces a file as a whole; a reader sees the old content or the new, never half of it.
    public void write(String name, String content) {
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(folder, name, ".new", owner);
            Files.writeString(fresh, content);
            Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the folder, readable for this user alone, with all its parents.
    public static void onlyForThisUser(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String newPassword() {
        while (true) {
            var password = new StringBuilder();
            for (int i = 0; i < 20; i++) password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            if (password.chars().anyMatch(Character::isUpperCase)
                    && password.chars().anyMatch(Character::isLowerCase)
                    && password.chars().anyMatch(Character::isDigit)) return password.toString();
        }
    }

    private static String newToken() {
        return "ask_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private String keep(String name, Supplier<String> fresh) {
        try {
            if (!Files.exists(file(name))) write(name, fresh.get() + "\n");
            return Files.readString(file(name), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
