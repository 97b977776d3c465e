package io.autostack.provisioning;

import java.security.SecureRandom;
import java.util.Base64;

/// Passwords for machines: 192 random bits, safe inside an address.
public final class Passwords {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    public static String next() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
