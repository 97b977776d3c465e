package io.autostack.provisioning.postgres;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.postgresql.util.PasswordUtil;

/// The password of a login that is made for one piece of work and dropped with it: 192 random bits, in hexadecimal
/// digits.
record EphemeralPassword(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;
    private static final int SALT_BYTES = 16;

    /// A hash is repeated, 4096 times as a rule, to hold up whoever guesses what people chose. Nobody guesses this, and
    /// both ends would repeat it for each session.
    private static final int ITERATIONS = 1;

    static EphemeralPassword next() {
        return new EphemeralPassword(HexFormat.of().formatHex(random(BYTES)));
    }

    /// What the server is told instead of the password, and keeps (SCRAM-SHA-256, RFC 5802 and 7677).
    String verifier() {
        return PasswordUtil.encodeScramSha256(text.toCharArray(), ITERATIONS, random(SALT_BYTES));
    }

    private static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
