package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class EphemeralPasswordTest {

    private static final Pattern FORM = Pattern.compile("SCRAM-SHA-256\\$1:([^$]+)\\$([^:]+):(.+)");

    @Test
    void it_has_192_random_bits_and_is_never_shown() {
        var password = EphemeralPassword.next();

        assertThat(password.text()).matches("[0-9a-f]{48}");
        assertThat(EphemeralPassword.next()).isNotEqualTo(password);
        assertThat(password.toString()).doesNotContain(password.text());
    }

    @Test
    void its_verifier_has_the_keys_of_the_rfc_of_one_round() throws GeneralSecurityException {
        var password = EphemeralPassword.next();
        var found = FORM.matcher(password.verifier());
        assertThat(found.matches()).isTrue();
        var salt = decoded(found.group(1));

        var salted = hmac(
                bytes(password.text()),
                ByteBuffer.allocate(salt.length + 4).put(salt).putInt(1).array());

        assertThat(salt).hasSize(16);
        assertThat(decoded(found.group(2)))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(hmac(salted, bytes("Client Key"))));
        assertThat(decoded(found.group(3))).isEqualTo(hmac(salted, bytes("Server Key")));
    }

    @Test
    void the_same_password_never_looks_the_same() {
        var password = EphemeralPassword.next();

        assertThat(password.verifier()).isNotEqualTo(password.verifier());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
