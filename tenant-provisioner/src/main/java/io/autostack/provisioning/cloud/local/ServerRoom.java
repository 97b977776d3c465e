package io.autostack.provisioning.cloud.local;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.cloud.Quota;
import io.autostack.provisioning.postgres.FreeSpace;
import io.autostack.provisioning.postgres.SharedServer;
import io.autostack.provisioning.postgres.TenantDatabases;
import io.autostack.provisioning.postgres.TenantServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
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
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How much the database server and its disk take before they are full.
@ApplicationScoped
@Typed(ServerRoom.class)
class ServerRoom implements FreeSpace {

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
                       - current_setting('superuser_reserved_connections')::bigint as max_connections,
                   (select max(pg_database_size(oid)) from pg_database
                     where datname like 'autostack\\_template\\_v%%' and pg_get_userbyid(datdba) = current_user) as template
              from pg_shdescription tag join pg_database d on d.oid = tag.objoid
             where tag.classoid = 'pg_database'::regclass and starts_with(tag.description, 'autostack:tenant=')
            """.formatted(TenantDatabases.PLATFORM_CONNECTIONS);

    private final SharedServer shared;
    private final Path home;
    private final Provider<Integer> maxDatabases;

    /// @param maxDatabases asked for each time, so that it can be raised while the platform runs
    @Inject
    ServerRoom(
            SharedServer shared,
            @ConfigProperty(name = "autostack.home", defaultValue = ".autostack") Path home,
            @ConfigProperty(name = "autostack.cloud.local.databases", defaultValue = "5000")
                    Provider<Integer> maxDatabases) {
        this.shared = shared;
        this.home = home.toAbsolutePath();
        this.maxDatabases = maxDatabases;
    }

    /// @param template how many bytes an empty database takes
    private record Numbers(long databases, long template, long connections, long maxConnections) {}

    List<Quota> quotas() {
        var server = shared.get();
        try (var admin = server.connect()) {
            var numbers = Sql.of(admin, NUMBERS)
                    .one(row -> new Numbers(
                            row.getLong("databases"),
                            row.getLong("template"),
                            row.getLong("connections"),
                            row.getLong("max_connections")));
            var quotas = new ArrayList<Quota>();
            quotas.add(new Quota(
                    "databases", "Tenant databases", "databases", numbers.databases(), maxDatabases.get(), 1, true));
            if (THIS_MACHINE.contains(server.host()))
                quotas.add(disk(GROWTH * Math.max(numbers.template(), MIN_DATABASE_BYTES)));
            quotas.add(new Quota(
                    Quota.CONNECTIONS,
                    "Connections promised by plans",
                    "connections",
                    numbers.connections(),
                    numbers.maxConnections(),
                    0,
                    false));
            return quotas;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("nobody says how much room the database server has", e);
        }
    }

    @Override
    public Optional<String> obstacleToCopy(TenantServer server, String database) throws SQLException, IOException {
        if (!THIS_MACHINE.contains(server.host())) return Optional.empty();
        try (var admin = server.connect()) {
            long size = Sql.of(admin, "select pg_catalog.pg_database_size(?)", database)
                    .one(row -> row.getLong(1));
            return GROWTH * size + KEPT_FREE < store().getUsableSpace() ? Optional.empty() : Optional.of(NO_ROOM);
        }
    }

    @Override
    public Optional<String> obstacleToGoOn(TenantServer server) throws IOException {
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
