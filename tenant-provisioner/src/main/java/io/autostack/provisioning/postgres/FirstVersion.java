package io.autostack.provisioning.postgres;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Supplier;

/// The schema version that new tenant databases begin at, for all replicas.
@ApplicationScoped
class FirstVersion {

    private final PlatformDatabase database;

    @Inject
    FirstVersion(PlatformDatabase database) {
        this.database = database;
    }

    /// @param newest asked when nobody has said anything yet
    String get(Supplier<String> newest) {
        return find().orElseGet(() -> {
            var version = newest.get();
            write("on conflict (one) do nothing", version);
            return find().orElse(version);
        });
    }

    void set(String version) {
        write("on conflict (one) do update set version = excluded.version, since = excluded.since", version);
    }

    private Optional<String> find() {
        return database.alone(connection -> Sql.of(connection, "select version from provisioning.first_schema_version")
                .find(row -> row.getString(1)));
    }

    private void write(String otherwise, String version) {
        database.alone(connection -> Sql.update(
                connection,
                "insert into provisioning.first_schema_version (version) values (?) " + otherwise,
                version));
    }
}
