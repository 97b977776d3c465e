package io.autostack.provisioning.cloud.aws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// Names that RDS takes, made from names that it does not: the same one each time, and another one for another name.
final class Identifiers {

    /// Letters, digits and single hyphens, a letter first and no hyphen last, 63 at most (RDS user guide, "Quotas and
    /// constraints", naming constraints).
    private static final int MAX = 63;

    private static final int DIGITS = 10;

    private Identifiers() {}

    /// For an instance or a snapshot.
    static String of(String name) {
        return of(name, MAX);
    }

    /// For whatever else takes the same letters.
    ///
    /// @param max length of the result
    static String of(String name, int max) {
        var plain = plain(name, '-');
        return plain.equals(name) && plain.length() <= max ? plain : cut(plain, '-', max) + "-" + digest(name);
    }

    /// For a database inside an instance: no hyphen, a letter first, 63 at most.
    static String database(String name) {
        var plain = plain(name, '_');
        return plain.equals(name) && plain.length() <= MAX ? plain : cut(plain, '_', MAX) + "_" + digest(name);
    }

    private static String plain(String name, char joint) {
        var plain = new StringBuilder();
        for (char letter : name.toLowerCase(Locale.ROOT).toCharArray()) {
            var legal = letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9';
            if (legal) plain.append(letter);
            else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != joint) plain.append(joint);
        }
        if (plain.isEmpty() || !Character.isLetter(plain.charAt(0))) plain.insert(0, "t" + joint);
        return strip(plain.toString(), joint);
    }

    private static String cut(String plain, char joint, int max) {
        return strip(plain.substring(0, Math.min(plain.length(), max - DIGITS - 1)), joint);
    }

    private static String strip(String name, char joint) {
        var end = name.length();
        while (end > 1 && name.charAt(end - 1) == joint) end--;
        return name.substring(0, end);
    }

    private static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
