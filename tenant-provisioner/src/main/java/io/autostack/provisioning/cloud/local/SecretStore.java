package io.autostack.provisioning.cloud.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Secrets;
import io.autostack.provisioning.postgres.DatabaseSecrets;
import io.autostack.sealing.Envelope;
import io.autostack.sealing.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Secrets at rest: rows of sealed versions, one for each stage at the most.
@ApplicationScoped
@Typed(SecretStore.class)
class SecretStore implements Secrets, DatabaseSecrets {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final PlatformDatabase database;
    private final ObjectMapper json;
    private final KeyRing keys;
    private final Rewrapping rewrapping;

    @Inject
    SecretStore(PlatformDatabase database, ObjectMapper json, KeyRing keys, Rewrapping rewrapping) {
        this.database = database;
        this.json = json;
        this.keys = keys;
        this.rewrapping = rewrapping;
    }

    @Override
    public Outcome ensureSecret(UUID tenant, String name, Map<String, String> first) {
        var secret = ensure(tenant, name, first);
        if (!secret.tenant().equals(tenant))
            return new Outcome.Failed("A secret called " + name + " exists already and belongs to another tenant.");
        return Outcome.done(Map.of("secret", name, "version", secret.version()));
    }

    /// Stores the first version of a secret. One that is there stays as it is; a member that it lacks is added in a new
    /// version, which takes the place of the one without.
    Secret ensure(UUID tenant, String name, Map<String, String> first) {
        return database.alone(connection -> {
            lock(connection, name);
            var now = read(connection, name, SecretStage.CURRENT);
            if (now.isPresent() && isComplete(now.get(), tenant, first)) return now.get();
            int newest = stages(connection, name).values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
            var value = new HashMap<>(first);
            now.ifPresent(secret -> value.putAll(secret.value()));
            delete(connection, name, SecretStage.CURRENT);
            insert(connection, new Envelope.Label(name, newest + 1, tenant), SecretStage.CURRENT, value);
            return read(connection, name, SecretStage.CURRENT).orElseThrow();
        });
    }

    private static boolean isComplete(Secret secret, UUID tenant, Map<String, String> desired) {
        return !secret.tenant().equals(tenant) || secret.value().keySet().containsAll(desired.keySet());
    }

    @Override
    public Optional<Secret> readSecret(String name, SecretStage stage) {
        return database.alone(connection -> read(connection, name, stage));
    }

    private Optional<Secret> read(Connection connection, String name, SecretStage stage) throws SQLException {
        return Sql.of(connection, """
                select version, tenant_id, key_id, wrapped_key, sealed
                  from provisioning.secret where name = ? and stage = ?
                """, name, stage.word()).find(row -> {
            var label = new Envelope.Label(name, row.getInt("version"), row.getObject("tenant_id", UUID.class));
            return new Secret(name, label.tenant(), Integer.toString(label.version()), open(label, envelope(row)));
        });
    }

    private static int delete(Connection connection, String name, SecretStage stage) throws SQLException {
        return Sql.update(
                connection, "delete from provisioning.secret where name = ? and stage = ?", name, stage.word());
    }

    @Override
    public Outcome stageSecret(UUID tenant, String name, Map<String, String> value) {
        return change(tenant, name, change -> {
            var current = change.stages().get(SecretStage.CURRENT);
            if (current == null) return new Outcome.Failed("There is no secret " + name + " for this tenant.");
            if (change.stages().containsKey(SecretStage.PREVIOUS))
                return new Outcome.Failed("An earlier rotation of " + name
                        + " has not ended: its previous version still works. Retry or release that operation first.");
            var pending = change.stages().get(SecretStage.PENDING);
            int version = pending == null ? current + 1 : pending;
            if (pending == null) {
                // Members that nobody gives anew stay as they are.
                var whole = new HashMap<>(read(change.connection(), name, SecretStage.CURRENT)
                        .map(Secret::value)
                        .orElseThrow());
                whole.putAll(value);
                insert(change.connection(), new Envelope.Label(name, version, tenant), SecretStage.PENDING, whole);
            }
            return new Outcome.Done(
                    Map.of("secret", name, "version", Integer.toString(version), "stage", "pending"),
                    Map.of(Secrets.STAGED_VERSION, Integer.toString(version)),
                    false);
        });
    }

    @Override
    public Outcome promoteSecret(UUID tenant, String name, String version) {
        return change(tenant, name, change -> {
            if (!change.has(SecretStage.CURRENT, version)) {
                if (!change.has(SecretStage.PENDING, version))
                    return new Outcome.Failed("There is no version " + version + " of the secret " + name
                            + " that could be promoted. Release this operation and begin anew.");
                move(change.connection(), name, SecretStage.CURRENT, SecretStage.PREVIOUS);
                move(change.connection(), name, SecretStage.PENDING, SecretStage.CURRENT);
            }
            return Outcome.done(Map.of("secret", name, "current version", version));
        });
    }

    @Override
    public Outcome demoteSecret(UUID tenant, String name, String version) {
        return change(tenant, name, change -> {
            if (!change.has(SecretStage.CURRENT, version))
                return Outcome.done(Map.of("secret", name, "promotion", "was not there"));
            if (!change.stages().containsKey(SecretStage.PREVIOUS))
                return Outcome.done(Map.of("secret", name, "promotion", "stays: the previous version is gone"));
            move(change.connection(), name, SecretStage.CURRENT, SecretStage.PENDING);
            move(change.connection(), name, SecretStage.PREVIOUS, SecretStage.CURRENT);
            return Outcome.done(Map.of("secret", name, "promotion", "taken back"));
        });
    }

    @Override
    public Outcome withdrawSecret(UUID tenant, String name) {
        return remove(tenant, name, SecretStage.PENDING);
    }

    @Override
    public Outcome retireSecret(UUID tenant, String name) {
        return remove(tenant, name, SecretStage.PREVIOUS);
    }

    private Outcome remove(UUID tenant, String name, SecretStage stage) {
        return change(
                tenant,
                name,
                change -> Outcome.done(Map.of(
                        "secret",
                        name,
                        stage.word() + " versions removed",
                        Integer.toString(delete(change.connection(), name, stage)))));
    }

    @Override
    public Outcome removeSecret(UUID tenant, String name) {
        int versions = database.alone(connection -> Sql.update(
                connection, "delete from provisioning.secret where name = ? and tenant_id = ?", name, tenant));
        if (versions == 0 && readSecret(name).isPresent()) return LeftAlone.one("secret", name);
        return Outcome.done(Map.of("secret", name, "versions removed", Integer.toString(versions)));
    }

    @Override
    public List<SealingKey> sealingKeys() {
        return rewrapping.keys();
    }

    @Override
    public int rewrapSecrets(int max) {
        return rewrapping.some(max);
    }

    /// The secret of this name, if it is this tenant's.
    @Override
    public Optional<Secret> find(UUID tenant, String name, SecretStage stage) {
        return readSecret(name, stage).filter(secret -> secret.tenant().equals(tenant));
    }

    /// One change of a secret's versions, while nobody else changes them.
    private record Change(Connection connection, Map<SecretStage, Integer> stages) {

        boolean has(SecretStage stage, String version) {
            return version.equals(String.valueOf(stages.get(stage)));
        }
    }

    private interface Changing {
        Outcome make(Change change) throws SQLException;
    }

    private Outcome change(UUID tenant, String name, Changing changing) {
        return database.alone(connection -> {
            lock(connection, name);
            if (Sql.of(
                            connection,
                            "select from provisioning.secret where name = ? and tenant_id <> ? limit 1",
                            name,
                            tenant)
                    .exists()) return new Outcome.Failed("The secret " + name + " belongs to another tenant.");
            return changing.make(new Change(connection, stages(connection, name)));
        });
    }

    /// Until the end of the transaction; there may be no row yet to lock.
    private static void lock(Connection connection, String name) throws SQLException {
        Sql.execute(connection, "select pg_advisory_xact_lock(hashtextextended('secret ' || ?, 0))", name);
    }

    private static Map<SecretStage, Integer> stages(Connection connection, String name) throws SQLException {
        var stages = new EnumMap<SecretStage, Integer>(SecretStage.class);
        Sql.of(connection, "select stage, version from provisioning.secret where name = ?", name)
                .each(row -> stages.put(
                        SecretStage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)), row.getInt("version")));
        return stages;
    }

    private int insert(Connection connection, Envelope.Label label, SecretStage stage, Map<String, String> value)
            throws SQLException {
        var envelope = Envelope.seal(label, bytes(value), keys.current());
        return Sql.update(
                connection,
                """
                insert into provisioning.secret (name, version, tenant_id, stage, key_id, wrapped_key, sealed)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                label.name(),
                label.version(),
                label.tenant(),
                stage.word(),
                envelope.keyId(),
                envelope.wrappedKey(),
                envelope.sealed());
    }

    private static void move(Connection connection, String name, SecretStage from, SecretStage to) throws SQLException {
        Sql.update(
                connection,
                "update provisioning.secret set stage = ? where name = ? and stage = ?",
                to.word(),
                name,
                from.word());
    }

    static Envelope envelope(ResultSet row) throws SQLException {
        return new Envelope(row.getString("key_id"), row.getBytes("wrapped_key"), row.getBytes("sealed"));
    }

    private Map<String, String> open(Envelope.Label label, Envelope envelope) {
        try {
            return json.readValue(envelope.open(label, keys.get(envelope.keyId())), TEXTS);
        } catch (IOException e) {
            throw new IllegalStateException("secret " + label.name() + " holds no map of texts", e);
        }
    }

    private byte[] bytes(Map<String, String> value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
