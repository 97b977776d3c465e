package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How much the database server and its disk take before they are full.
@ApplicationScoped
class ServerRoom {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final long KEPT_FREE = 256L * 1024 * 1024;
    private static final long MIN_DATABASE_BYTES = 8L * 1024 * 1024;

    private static final String NO_ROOM = "the disk has no room for a copy";

    /// A tenant's database grows: it is counted as this many times the template that it begins as.
    private static final int GROWTH = 2;

    private static final String NUMBERS = """
            select count(*) as databases,
                   coalesce(sum(greatest(0, d.datconnlimit - %d)) filter (where d.datconnlimit > 0), 0) as connections,
                   current_setting('max_connections')::bigint
                       - current_setting('superuser_reserved_connections')::bigint as most,
                   (select max(pg_database_size(oid)) from pg_database
                     where datname like 'autostack\\_template\\_v%%' and pg_get_userbyid(datdba) = current_user) as template
              from pg_shdescription tag join pg_database d on d.oid = tag.objoid
             where tag.classoid = 'pg_database'::regclass and starts_with(tag.description, 'autostack:tenant=')
            """.formatted(TenantDatabases.PLATFORM_CONNECTIONS);

    private final TenantServer server;
    private final Path home;
    private final Provider<Integer> maxDatabases;

    /// @param maxDatabases asked for each time, so that it can be raised while the platform runs
    @Inject
    ServerRoom(
            TenantServer server,
            @ConfigProperty(name = "autostack.home", defaultValue = ".autostack") Path home,
            @ConfigProperty(name = "autostack.cloud.local.databases", defaultValue = "5000")
                    Provider<Integer> maxDatabases) {
        this.server = server;
        this.home = home.toAbsolutePath();
        this.maxDatabases = maxDatabases;
    }

    List<Quota> quotas() {
        try (var admin = server.connect();
                var statement = admin.createStatement();
                var row = statement.executeQuery(NUMBERS)) {
            row.next();
            var quotas = new ArrayList<Quota>();
            quotas.add(new Quota(
                    "databases",
                    "Tenant databases",
                    "databases",
                    row.getLong("databases"),
                    maxDatabases.get(),
                    1,
                    true));
            if (THIS_MACHINE.contains(server.host()))
                quotas.add(disk(GROWTH * Math.max(row.getLong("template"), MIN_DATABASE_BYTES)));
            quotas.add(new Quota(
                    Quota.CONNECTIONS,
                    "Connections promised by plans",
                    "connections",
                    row.getLong("connections"),
                    row.getLong("most"),
                    0,
                    false));
            return quotas;
        } catch (SQLException | IOException outage) {
            throw new IllegalStateException("nobody says how much room the database server has", outage);
        }
    }

    static OptionalLong size(TenantServer server, DatabaseSpec desired) {
        try (var admin = server.connect();
                var select = admin.prepareStatement("""
                        select pg_database_size(oid) from pg_database
                         where datname = ? and shobj_description(oid, 'pg_database') = ?
                        """)) {
            select.setString(1, desired.name());
            select.setString(2, TenantDatabases.tag(desired.tenant()));
            try (var row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException outage) {
            throw new IllegalStateException("nobody says how large " + desired.name() + " is", outage);
        }
    }

    /// Why a copy of a database cannot be made beside it, in words for a person; empty when it can.
    Optional<String> obstacleToCopy(TenantServer server, String database) throws SQLException, IOException {
        if (!THIS_MACHINE.contains(server.host())) return Optional.empty();
        try (var admin = server.connect();
                var select = admin.prepareStatement("select pg_catalog.pg_database_size(?)")) {
            select.setString(1, database);
            try (var row = select.executeQuery()) {
                row.next();
                return GROWTH * row.getLong(1) + KEPT_FREE < store().getUsableSpace()
                        ? Optional.empty()
                        : Optional.of(NO_ROOM);
            }
        }
    }

    /// Why nothing more may be written on the platform's own account: the rest is for the server.
    Optional<String> obstacleToGoOn(TenantServer server) throws IOException {
        return THIS_MACHINE.contains(server.host()) && store().getUsableSpace() < KEPT_FREE
                ? Optional.of(NO_ROOM)
                : Optional.empty();
    }

    private FileStore store() throws IOException {
        var folder = home;
        while (!Files.exists(folder) && folder.getParent() != null) folder = folder.getParent();
        return Files.getFileStore(folder);
    }

    private Quota disk(long perTenant) throws IOException {
        var disk = store();
        return new Quota(
                Quota.DISK,
                "Disk",
                "bytes",
                disk.getTotalSpace() - disk.getUsableSpace(),
                disk.getTotalSpace() - KEPT_FREE,
                perTenant,
                true);
    }
}
