package io.autostack.provisioning.cloud;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Whom a host name leads to. The platform's own table decides, whatever a cloud's DNS says: who asks for a tenant asks
/// here.
@ApplicationScoped
public class HostTable {

    private final PlatformDatabase database;

    @Inject
    HostTable(PlatformDatabase database) {
        this.database = database;
    }

    /// As it is written down: host names do not differ by case.
    public static String normal(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /// The first who claims a name has it.
    ///
    /// @return whom it leads to now
    public Optional<UUID> claim(UUID tenant, String host) {
        return database.alone(connection -> {
            Sql.update(
                    connection,
                    "insert into provisioning.route (host, tenant_id) values (?, ?) on conflict (host) do nothing",
                    normal(host),
                    tenant);
            return find(connection, host);
        });
    }

    /// @return whether it led to this tenant
    public boolean release(UUID tenant, String host) {
        return database.alone(connection -> Sql.update(
                        connection,
                        "delete from provisioning.route where host = ? and tenant_id = ?",
                        normal(host),
                        tenant)
                > 0);
    }

    public Optional<UUID> find(String host) {
        return database.alone(connection -> find(connection, host));
    }

    private static Optional<UUID> find(Connection connection, String host) throws SQLException {
        return Sql.of(connection, "select tenant_id from provisioning.route where host = ?", normal(host))
                .find(row -> row.getObject(1, UUID.class));
    }
}
