package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.Address;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Which instance a database is on. A tenant's own database has an instance of its own, called after it; what belongs
/// to its apps is on the one that the tenant works with. Written down before AWS is asked, so that nothing is ever
/// anywhere that nobody knows of.
@ApplicationScoped
class InstanceRegister {

    private static final String ENTRIES = "select identifier, tenant_id, host, port from provisioning.rds_instance ";

    private static final String OF_DATABASE = """
            select i.identifier, i.tenant_id, i.host, i.port
              from provisioning.rds_database d join provisioning.rds_instance i using (identifier)
             where d.name = ? and d.tenant_id = ?
            """;

    /// The one that holds the tenant's newest database.
    private static final String OF_TENANT = """
            select i.identifier from provisioning.rds_instance i
             where i.tenant_id = ? and i.state = 'in-use'
             order by i.created_at desc, i.identifier limit 1
            """;

    private final PlatformDatabase platform;

    @Inject
    InstanceRegister(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// An instance of a tenant.
    record Entry(String identifier, UUID tenant, Optional<Address> address) {}

    /// Where the database is or has to be.
    String ensure(DatabaseSpec desired) {
        return platform.alone(connection -> {
            Sql.execute(
                    connection,
                    "select pg_advisory_xact_lock(hashtextextended('instance ' || ?, 0))",
                    desired.tenant().toString());
            var known = find(connection, desired);
            if (known.isPresent()) return known.get().identifier();
            var identifier = desired.baseline()
                    ? Identifiers.of(desired.name())
                    : Sql.of(connection, OF_TENANT, desired.tenant())
                            .find(row -> row.getString(1))
                            .orElseGet(() -> Identifiers.of(desired.name()));
            Sql.update(connection, """
                    insert into provisioning.rds_instance (identifier, tenant_id) values (?, ?)
                    on conflict (identifier) do update set state = 'in-use'
                     where provisioning.rds_instance.tenant_id = excluded.tenant_id
                    """, identifier, desired.tenant());
            Sql.update(
                    connection,
                    "insert into provisioning.rds_database (name, tenant_id, identifier) values (?, ?, ?)",
                    desired.name(),
                    desired.tenant(),
                    identifier);
            return identifier;
        });
    }

    Optional<Entry> find(DatabaseSpec desired) {
        return platform.alone(connection -> find(connection, desired));
    }

    private static Optional<Entry> find(Connection connection, DatabaseSpec desired) throws SQLException {
        return Sql.of(connection, OF_DATABASE, desired.name(), desired.tenant()).find(InstanceRegister::entry);
    }

    List<Entry> of(UUID tenant) {
        return platform.alone(
                connection -> Sql.of(connection, ENTRIES + "where tenant_id = ? order by created_at", tenant)
                        .list(InstanceRegister::entry));
    }

    /// Those that are not on their way out.
    List<Entry> inUse() {
        return platform.alone(connection -> Sql.of(connection, ENTRIES + "where state = 'in-use' order by identifier")
                .list(InstanceRegister::entry));
    }

    Optional<Entry> get(String identifier) {
        return platform.alone(connection ->
                Sql.of(connection, ENTRIES + "where identifier = ?", identifier).find(InstanceRegister::entry));
    }

    void seen(String identifier, Address address) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.rds_instance set host = ?, port = ? where identifier = ?"
                        + " and (host, port) is distinct from (?, ?)",
                address.host(),
                address.port(),
                identifier,
                address.host(),
                address.port()));
    }

    /// Names of the databases on it.
    List<String> databases(String identifier) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        "select name from provisioning.rds_database where identifier = ? order by name",
                        identifier)
                .texts());
    }

    /// The database is on no instance any more.
    void forget(DatabaseSpec desired) {
        platform.alone(connection -> Sql.update(
                connection,
                "delete from provisioning.rds_database where name = ? and tenant_id = ?",
                desired.name(),
                desired.tenant()));
    }

    void removing(String identifier) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.rds_instance set state = 'removing' where identifier = ?",
                identifier));
    }

    void removed(String identifier) {
        platform.alone(connection ->
                Sql.update(connection, "delete from provisioning.rds_instance where identifier = ?", identifier));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        var host = Optional.ofNullable(row.getString("host"));
        int port = row.getInt("port");
        return new Entry(
                row.getString("identifier"),
                row.getObject("tenant_id", UUID.class),
                host.map(name -> new Address(name, port)));
    }
}
