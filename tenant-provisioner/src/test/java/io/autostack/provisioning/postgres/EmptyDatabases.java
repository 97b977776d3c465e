package io.autostack.provisioning.postgres;

import io.autostack.local.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// As many empty databases as a test needs, on a real server, for tests of plain SQL. One server serves
/// all test classes of a run and ends with it.
public final class EmptyDatabases implements AutoCloseable {

    private final Path home;
    private final PostgresServer server;
    private final AtomicInteger made = new AtomicInteger();

    private EmptyDatabases() throws IOException {
        home = Files.createTempDirectory("autostack-test");
        server = PostgresServer.start(home.resolve("postgres"), Path.of("../docker/local/target/postgres"));
    }

    /// A superuser's session inside a database that nobody has used.
    public Connection open() throws SQLException {
        return server.connectAsSuperuser(make());
    }

    /// The same for scripts: the driver leaves their statements to the server, which knows where each of them ends.
    public Connection openForScripts() throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(make()) + "?preferQueryMode=simple", server.superuser(), server.password());
    }

    private String make() throws SQLException {
        var name = "empty_" + made.incrementAndGet();
        try (var admin = server.connectAsSuperuser("postgres");
                var create = admin.createStatement()) {
            create.execute("create database " + name + " template template0");
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        server.stop();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /// Hands the databases to test methods.
    public static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == EmptyDatabases.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var store = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
            var holder = store.getOrComputeIfAbsent(EmptyDatabases.class, type -> Holder.open(), Holder.class);
            return Objects.requireNonNull(holder).databases();
        }

        /// JUnit closes what its root store holds when the run ends.
        private record Holder(EmptyDatabases databases) implements AutoCloseable {

            static Holder open() {
                try {
                    return new Holder(new EmptyDatabases());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() throws IOException {
                databases.close();
            }
        }
    }
}
