package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Rows of provisioning.cluster: which tenants have a server of their own, and where it listened last.
@ApplicationScoped
class ClusterRegister {

    private static final String SELECT = "select tenant_id, folder, port, home, host from provisioning.cluster ";

    private final PlatformDatabase database;

    @Inject
    ClusterRegister(PlatformDatabase database) {
        this.database = database;
    }

    /// @param folder below the folder of all clusters
    /// @param port 0 before the first start
    /// @param home in which its data are; empty while nobody knows
    /// @param host for people
    record Entry(UUID tenant, String folder, int port, Optional<UUID> home, Optional<String> host) {}

    /// Written down before anything is built, so that nothing is built that nobody knows of. Whoever is first has it.
    Entry ensure(UUID tenant, Home home) {
        database.alone(connection -> Sql.update(
                connection,
                "insert into provisioning.cluster (tenant_id, folder, home, host) values (?, ?, ?, ?)"
                        + " on conflict (tenant_id) do nothing",
                tenant,
                tenant.toString(),
                home.id(),
                home.host()));
        return find(tenant).orElseThrow();
    }

    /// Earlier versions did not write down where a cluster is.
    void claim(UUID tenant, Home home) {
        database.alone(connection -> Sql.update(
                connection,
                "update provisioning.cluster set home = ?, host = ? where tenant_id = ? and home is null",
                home.id(),
                home.host(),
                tenant));
    }

    Optional<Entry> find(UUID tenant) {
        return database.alone(connection ->
                Sql.of(connection, SELECT + "where tenant_id = ?", tenant).find(ClusterRegister::entry));
    }

    List<Entry> all() {
        return database.alone(
                connection -> Sql.of(connection, SELECT + "order by tenant_id").list(ClusterRegister::entry));
    }

    /// Those that have been started once and are to run.
    List<Entry> inUse() {
        return database.alone(
                connection -> Sql.of(connection, SELECT + "where state = 'in-use' and port > 0 order by tenant_id")
                        .list(ClusterRegister::entry));
    }

    void startedAt(UUID tenant, int port, Home home) {
        database.alone(connection -> Sql.update(
                connection,
                "update provisioning.cluster set port = ?, host = ?, started_at = now()"
                        + " where tenant_id = ? and home = ?",
                port,
                home.host(),
                tenant,
                home.id()));
    }

    /// From here on nobody starts it any more.
    void removing(UUID tenant) {
        database.alone(connection -> Sql.update(
                connection, "update provisioning.cluster set state = 'removing' where tenant_id = ?", tenant));
    }

    void remove(UUID tenant) {
        database.alone(
                connection -> Sql.update(connection, "delete from provisioning.cluster where tenant_id = ?", tenant));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("tenant_id", UUID.class),
                row.getString("folder"),
                row.getInt("port"),
                Optional.ofNullable(row.getObject("home", UUID.class)),
                Optional.ofNullable(row.getString("host")));
    }
}
