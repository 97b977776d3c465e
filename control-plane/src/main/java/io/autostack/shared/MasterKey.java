package io.autostack.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The installation's key, kept in a file outside the database. Everything keyed uses a key of its own made from it.
@ApplicationScoped
public class MasterKey {

    private final byte[] key;

    @Inject
    MasterKey(@ConfigProperty(name = "autostack.secrets.key-file") Path file) {
        try {
            this.key = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("autostack.secrets.key-file cannot be read: " + file, unreadable);
        }
        if (key.length != 32)
            throw new IllegalStateException("autostack.secrets.key-file must hold 32 bytes in base64: " + file);
    }

    /// HMAC-SHA256 of the text under the key that belongs to the purpose.
    public byte[] hmac(String purpose, String text) {
        return hmac(hmac(key, purpose), text);
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
}
