package io.autostack.provisioning.cloud.aws;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.PlatformDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The records of the zone that are ours, and those that wait to be made or removed. Whoever comes first takes a batch
/// of them to Route 53, for all replicas.
@ApplicationScoped
class DnsRecords {

    /// Of those that were refused together half go the next time, until the one that is to blame is alone.
    private static final String CLAIM = """
            with waiting as (
                select host, at_most, asked_at from provisioning.dns_record
                 where change_id is null and not settled and refusal is null
                   and (claimed_until is null or claimed_until < clock_timestamp())),
            together as (
                select host from waiting where at_most = (select min(at_most) from waiting)
                 order by asked_at, host limit (select min(at_most) from waiting))
            update provisioning.dns_record set claimed_until = clock_timestamp() + interval '2 minutes'
             where host in (select host from together) and change_id is null
               and (claimed_until is null or claimed_until < clock_timestamp())
            returning host, tenant_id, desired, change_id, settled, doubt, refusal
            """;

    private final PlatformDatabase platform;

    @Inject
    DnsRecords(PlatformDatabase platform) {
        this.platform = platform;
    }

    /// @param there whether it is wanted; otherwise it has to go
    /// @param settled whether it is so, for everybody
    /// @param doubt what Route 53 said of this one alone
    record Row(
            String host,
            UUID tenant,
            boolean there,
            Optional<String> change,
            boolean settled,
            Optional<String> doubt,
            Optional<String> refusal) {}

    /// From now on it is wanted, or has to go. What was refused is tried again.
    void want(UUID tenant, String host, boolean there) {
        platform.alone(connection -> Sql.update(connection, """
                insert into provisioning.dns_record (host, tenant_id, desired) values (?, ?, ?)
                on conflict (host) do update
                   set desired = excluded.desired, at_most = 500, claimed_until = null, change_id = null,
                       settled = false, doubt = null, refusal = null, asked_at = now()
                 where dns_record.tenant_id = excluded.tenant_id
                   and (dns_record.desired <> excluded.desired or dns_record.refusal is not null)
                """, host, tenant, there ? "there" : "gone"));
    }

    Optional<Row> find(UUID tenant, String host) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        "select host, tenant_id, desired, change_id, settled, doubt, refusal from provisioning.dns_record"
                                + " where host = ? and tenant_id = ?",
                        host,
                        tenant)
                .find(DnsRecords::row));
    }

    /// Some that go together; for two minutes nobody else takes them.
    List<Row> claim() {
        return platform.alone(connection -> Sql.of(connection, CLAIM).list(DnsRecords::row));
    }

    void sent(List<Row> rows, String change) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.dns_record set change_id = ?, claimed_until = null where host = any (?)",
                change,
                hosts(connection, rows)));
    }

    /// @param atMost how many of them go together the next time
    void putBack(List<Row> rows, @Nullable Integer atMost) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.dns_record set claimed_until = null, at_most = coalesce(?::integer, at_most)"
                        + " where host = any (?)",
                atMost,
                hosts(connection, rows)));
    }

    /// The next one who has a call left looks what is there.
    void doubted(Row row, String why) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.dns_record set doubt = ?, at_most = 1, claimed_until = null where host = ?",
                why,
                row.host()));
    }

    void refused(Row row, String sentence) {
        platform.alone(connection -> Sql.update(
                connection,
                "update provisioning.dns_record set refusal = ?, claimed_until = null where host = ?",
                sentence,
                row.host()));
    }

    /// It is as it is wanted; what had to go is forgotten.
    void settled(Row row) {
        platform.alone(connection -> row.there()
                ? Sql.update(
                        connection,
                        "update provisioning.dns_record set settled = true, claimed_until = null where host = ?",
                        row.host())
                : Sql.update(connection, "delete from provisioning.dns_record where host = ?", row.host()));
    }

    /// Everything that went with this change is so for everybody.
    void settled(String change) {
        platform.alone(connection -> {
            Sql.update(
                    connection, "delete from provisioning.dns_record where change_id = ? and desired = 'gone'", change);
            return Sql.update(
                    connection, "update provisioning.dns_record set settled = true where change_id = ?", change);
        });
    }

    List<Row> of(UUID tenant) {
        return platform.alone(connection -> Sql.of(
                        connection,
                        "select host, tenant_id, desired, change_id, settled, doubt, refusal from provisioning.dns_record"
                                + " where tenant_id = ? order by host",
                        tenant)
                .list(DnsRecords::row));
    }

    private static Array hosts(Connection connection, List<Row> rows) throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(Row::host).toArray());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("host"),
                row.getObject("tenant_id", UUID.class),
                row.getString("desired").equals("there"),
                Optional.ofNullable(row.getString("change_id")),
                row.getBoolean("settled"),
                Optional.ofNullable(row.getString("doubt")),
                Optional.ofNullable(row.getString("refusal")));
    }
}
