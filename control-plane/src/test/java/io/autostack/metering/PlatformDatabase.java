package io.autostack.metering;

import io.autostack.local.ControlDatabase;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/// The control plane's database, migrated from empty on a real server, without the application around it: for tests of
/// plain SQL. One server serves all test classes of a run and ends with it.
public final class PlatformDatabase implements AutoCloseable {

    private final Path home;
    private final PostgresServer server;
    private final ControlDatabase database;

    private PlatformDatabase() throws IOException, SQLException {
        home = Files.createTempDirectory("autostack-test");
        server = PostgresServer.start(home.resolve("postgres"), Path.of("../docker/local/target/postgres"));
        try (var admin = server.connectAsSuperuser("postgres")) {
            database = ControlDatabase.prepare(admin, "autostack", Secrets.in(home.resolve("secrets")));
        }
        Flyway.configure()
                .dataSource(url(), database.owner().user(), database.owner().password())
                .locations("classpath:db/control-plane")
                .placeholders(Map.of("app", database.application().user()))
                .load()
                .migrate();
    }

    /// As the application, seeing every tenant.
    public DataSource platform() {
        return source("", "platform");
    }

    /// As the application, seeing one tenant.
    public DataSource ofTenant(UUID tenant) {
        return source(tenant.toString(), "");
    }

    /// An active tenant on the plan.
    public UUID tenant(String slug, String plan, String createdAt) {
        return tenant(slug, slug, plan, "active", createdAt);
    }

    public UUID tenant(String slug, String name, String plan, String status, String createdAt) {
        var id = UUID.randomUUID();
        try (var connection = platform().getConnection();
                var insert = connection.prepareStatement("""
                        insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email, created_at)
                        values (?, ?, ?, ?, ?, 1, 'admin@example.com', ?::timestamptz)
                        """)) {
            insert.setObject(1, id);
            insert.setString(2, slug);
            insert.setString(3, name);
            insert.setString(4, status);
            insert.setString(5, plan);
            insert.setString(6, createdAt);
            insert.execute();
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As a superuser, whom no row-level security stops.
    public void execute(String sql) {
        try (var admin = server.connectAsSuperuser("autostack");
                var statement = admin.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.stop();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private DataSource source(String tenant, String scope) {
        var source = new Scoped(tenant, scope);
        source.setUrl(url());
        source.setUser(database.application().user());
        source.setPassword(database.application().password());
        return source;
    }

    private String url() {
        return server.jdbcUrl("autostack");
    }

    /// Tells each connection whose rows it sees, as the pool does.
    private static final class Scoped extends PGSimpleDataSource {

        private final String tenant;
        private final String scope;

        Scoped(String tenant, String scope) {
            this.tenant = tenant;
            this.scope = scope;
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            try (var set = connection.prepareStatement(
                    "select set_config('autostack.tenant', ?, false), set_config('autostack.scope', ?, false)")) {
                set.setString(1, tenant);
                set.setString(2, scope);
                set.execute();
            }
            return connection;
        }
    }

    /// Hands the database to test methods and life-cycle methods.
    public static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == PlatformDatabase.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
            var holder = store.getOrComputeIfAbsent(PlatformDatabase.class, type -> Holder.open(), Holder.class);
            return Objects.requireNonNull(holder).database();
        }

        /// JUnit closes what its root store holds when the run ends.
        private record Holder(PlatformDatabase database)
                implements ExtensionContext.Store.CloseableResource, AutoCloseable {

            static Holder open() {
                try {
                    return new Holder(new PlatformDatabase());
                } catch (IOException | SQLException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() throws IOException {
                database.close();
            }
        }
    }
}
