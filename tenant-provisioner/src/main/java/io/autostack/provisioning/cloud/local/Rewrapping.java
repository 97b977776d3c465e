package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.PeriodicTask;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.sealing.Envelope;
import io.autostack.sealing.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Brings secrets under the installation's newest key, some at a time, until none is left under another.
@ApplicationScoped
class Rewrapping implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(Rewrapping.class);
    private static final int A_LOOK = 500;

    /// Only what can be opened: a key that is missing must not keep the others waiting.
    private static final String SELECT = """
            select name, version, tenant_id, key_id, wrapped_key, sealed
              from provisioning.secret
             where key_id = any (?) and (key_id <> ? or wrapped_key is null)
             order by random()
             limit ?
               for update skip locked
            """;

    private static final String UPDATE = """
            update provisioning.secret set key_id = ?, wrapped_key = ?, sealed = ? where name = ? and version = ?
            """;

    private final PlatformDatabase database;
    private final KeyRing keys;

    @Inject
    Rewrapping(PlatformDatabase database, KeyRing keys) {
        this.database = database;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "rewrap-secrets";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        int done = some(A_LOOK);
        if (done > 0) LOG.infof("brought %d secrets under the newest key; %d are left", done, left());
    }

    /// @return how many; those whose rows were changed are told in the log and left as they are
    int some(int max) {
        var ring = keys.all();
        var current = ring.getFirst();
        return database.alone(connection -> {
            int done = 0;
            for (var row : rows(connection, ring, max)) {
                try {
                    write(
                            connection,
                            row,
                            row.envelope()
                                    .under(row.label(), keys.get(row.envelope().keyId()), current));
                    done++;
                } catch (IllegalStateException e) {
                    LOG.errorf(e, "a secret stays under its old key");
                }
            }
            return done;
        });
    }

    /// The keys of the file in its order, then those that are needed and not there.
    List<SealingKey> keys() {
        var ring = keys.all();
        var sealed = sealed();
        var found = new ArrayList<SealingKey>();
        for (var key : ring) {
            var secrets = sealed.remove(key.id());
            found.add(new SealingKey(
                    key.id(), key.id().equals(ring.getFirst().id()), true, secrets == null ? 0 : secrets));
        }
        sealed.forEach((id, secrets) -> found.add(new SealingKey(id, false, false, secrets)));
        return found;
    }

    private long left() {
        return keys().stream()
                .filter(key -> !key.current())
                .mapToLong(SealingKey::secrets)
                .sum();
    }

    /// A row of the table.
    private record Row(Envelope.Label label, Envelope envelope) {}

    private static List<Row> rows(Connection connection, List<KeyRing.Key> ring, int max) throws SQLException {
        var ids = ring.stream().map(KeyRing.Key::id).collect(Collectors.toSet());
        return Sql.of(
                        connection,
                        SELECT,
                        connection.createArrayOf("text", ids.toArray()),
                        ring.getFirst().id(),
                        max)
                .list(row -> new Row(
                        new Envelope.Label(
                                row.getString("name"), row.getInt("version"), row.getObject("tenant_id", UUID.class)),
                        SecretStore.envelope(row)));
    }

    private static void write(Connection connection, Row row, Envelope fresh) throws SQLException {
        Sql.update(
                connection,
                UPDATE,
                fresh.keyId(),
                fresh.wrappedKey(),
                fresh.sealed(),
                row.label().name(),
                row.label().version());
    }

    private Map<String, Long> sealed() {
        return database.alone(connection -> {
            var found = new LinkedHashMap<String, Long>();
            Sql.of(connection, "select key_id, count(*) from provisioning.secret group by key_id order by key_id")
                    .each(row -> found.put(row.getString(1), row.getLong(2)));
            return found;
        });
    }
}
