package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Host names of the shared application. The local stand-in for DNS and load-balancer rules; names under `.localhost`
/// lead to this machine without any set-up (RFC 6761).
@ApplicationScoped
class HostNames implements Routes {

    private final PlatformDatabase database;

    @Inject
    HostNames(PlatformDatabase database) {
        this.database = database;
    }

    @Override
    public Outcome ensureRoute(UUID tenant, String host) {
        var name = host.toLowerCase(Locale.ROOT);
        var leadsTo = database.alone(connection -> {
            Sql.update(
                    connection,
                    "insert into provisioning.route (host, tenant_id) values (?, ?) on conflict (host) do nothing",
                    name,
                    tenant);
            return find(connection, name);
        });
        return leadsTo.equals(Optional.of(tenant))
                ? Outcome.done(Map.of("host", name))
                : new Outcome.Failed("The host name " + name + " leads to another tenant. Choose another one.");
    }

    @Override
    public Outcome removeRoute(UUID tenant, String host) {
        var name = host.toLowerCase(Locale.ROOT);
        int removed = database.alone(connection -> Sql.update(
                connection, "delete from provisioning.route where host = ? and tenant_id = ?", name, tenant));
        if (removed == 0 && findRoute(name).isPresent()) return LeftAlone.one("host name", name);
        return Outcome.done(Map.of("host", name, "removed", removed == 1 ? "yes" : "was not there"));
    }

    @Override
    public Optional<UUID> findRoute(String host) {
        return database.alone(connection -> find(connection, host.toLowerCase(Locale.ROOT)));
    }

    private static Optional<UUID> find(Connection connection, String name) throws SQLException {
        return Sql.of(connection, "select tenant_id from provisioning.route where host = ?", name)
                .find(row -> row.getObject(1, UUID.class));
    }
}
