package io.autostack.provisioning.cloud.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Secrets at rest: AES-256-GCM with a key made from the installation's key file, name and version bound to the text,
/// so that a sealed value cannot be moved to another name.
@ApplicationScoped
class SecretStore {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final PlatformDatabase database;
    private final ObjectMapper json;
    private final SecretKeySpec key;
    private final String keyId;

    @Inject
    SecretStore(
            PlatformDatabase database,
            ObjectMapper json,
            @ConfigProperty(name = "autostack.secrets.key-file") Path keyFile) {
        this.database = database;
        this.json = json;
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(Files.readString(keyFile).strip()), "HmacSHA256"));
            var bytes = mac.doFinal("secret-store".getBytes(StandardCharsets.UTF_8));
            this.key = new SecretKeySpec(bytes, "AES");
            this.keyId = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("autostack.secrets.key-file cannot be read: " + keyFile, unreadable);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256 and SHA-256", impossible);
        }
    }

    /// Stores the first version of a secret. One that is there stays as it is; a member that it lacks is added in a new
    /// version.
    Secret ensure(UUID tenant, String name, Map<String, String> first) {
        var found = find(name);
        if (found.isPresent() && isComplete(found.get(), tenant, first)) return found.get();
        var value = new HashMap<>(first);
        found.ifPresent(secret -> value.putAll(secret.value()));
        store(tenant, name, found.map(Secret::version).orElse(0) + 1, value);
        return find(name).orElseThrow();
    }

    private static boolean isComplete(Secret secret, UUID tenant, Map<String, String> wanted) {
        return !secret.tenant().equals(tenant) || secret.value().keySet().containsAll(wanted.keySet());
    }

    private void store(UUID tenant, String name, int version, Map<String, String> value) {
        database.alone(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into provisioning.secret (name, version, tenant_id, key_id, sealed)
                    values (?, ?, ?, ?, ?)
                    on conflict (name, version) do nothing
                    """)) {
                insert.setString(1, name);
                insert.setInt(2, version);
                insert.setObject(3, tenant);
                insert.setString(4, keyId);
                insert.setBytes(5, seal(name, version, value));
                return insert.executeUpdate();
            }
        });
    }

    Optional<Secret> find(String name) {
        return database.alone(connection -> {
            try (var select = connection.prepareStatement("""
                    select version, tenant_id, key_id, sealed
                      from provisioning.secret where name = ? order by version desc limit 1
                    """)) {
                select.setString(1, name);
                try (var rows = select.executeQuery()) {
                    if (!rows.next()) return Optional.empty();
                    if (!rows.getString("key_id").equals(keyId))
                        throw new SQLException(
                                "secret " + name + " is sealed with another key than the one configured");
                    int version = rows.getInt("version");
                    var value = open(name, version, rows.getBytes("sealed"));
                    return Optional.of(new Secret(name, rows.getObject("tenant_id", UUID.class), version, value));
                }
            }
        });
    }

    Outcome remove(UUID tenant, String name) {
        int versions = database.alone(connection -> {
            try (var delete =
                    connection.prepareStatement("delete from provisioning.secret where name = ? and tenant_id = ?")) {
                delete.setString(1, name);
                delete.setObject(2, tenant);
                return delete.executeUpdate();
            }
        });
        return Outcome.done(Map.of("secret", name, "versions removed", Integer.toString(versions)));
    }

    private byte[] seal(String name, int version, Map<String, String> value) {
        try {
            var nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name, version).doFinal(json.writeValueAsBytes(value));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException | JsonProcessingException impossible) {
            throw new IllegalStateException("a secret could not be sealed", impossible);
        }
    }

    private Map<String, String> open(String name, int version, byte[] stored) {
        try {
            var nonce = java.util.Arrays.copyOf(stored, NONCE_BYTES);
            var text = cipher(Cipher.DECRYPT_MODE, nonce, name, version)
                    .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
            return json.readValue(text, TEXTS);
        } catch (GeneralSecurityException | IOException tampered) {
            throw new IllegalStateException("secret " + name + " cannot be opened; was its row changed?", tampered);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name, int version) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((name + "\n" + version).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
