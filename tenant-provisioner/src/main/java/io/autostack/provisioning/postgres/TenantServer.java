package io.autostack.provisioning.postgres;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.autostack.jdbc.Sql;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/// A PostgreSQL server with tenants' databases, and the role there that may create roles and databases. Sessions are
/// bounded in time and in what they read, and encrypted as the server's address says.
public final class TenantServer implements AutoCloseable {

    /// How long a statement may take.
    static final Duration USUAL = Duration.ofSeconds(60);

    /// The same for one that reads or copies whole databases.
    static final Duration PATIENT = Duration.ofMinutes(30);

    private final String user;
    private final String password;
    private final URI address;
    private final Map<String, String> encryption;
    private final AgroalDataSource pool;
    private volatile int majorVersion;

    /// @param adminUrl `jdbc:postgresql:` address of the database that the administrator signs in to, with how the
    /// session is encrypted
    /// @param user that administrator, who may create roles and databases and nothing more
    public TenantServer(String adminUrl, String user, String password) {
        this.user = user;
        this.password = password;
        this.address = URI.create(adminUrl.substring("jdbc:".length()));
        this.encryption = encryption(adminUrl);
        this.pool = pool(adminUrl, user, password);
    }

    /// Name or address.
    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort() < 0 ? 5432 : address.getPort();
    }

    /// As the role that may create roles and databases, nothing more, where no tenant can write anything. Given
    /// back to a small pool when closed.
    public Connection connect() throws SQLException {
        return pool.getConnection();
    }

    /// As that role inside a tenant's database: for statements that touch nothing but catalogues and what is
    /// ours there.
    public Connection connect(String database) throws SQLException {
        return connect(database, new Login(user, password), USUAL);
    }

    /// @param longest how long one statement may take
    Connection connect(String database, Login login, Duration longest) throws SQLException {
        return connect(database, SessionStart.of(login, longest));
    }

    /// @param properties of the connection; how it is encrypted is added
    Connection connect(String database, Properties properties) throws SQLException {
        encryption.forEach(properties::setProperty);
        SessionStart.addFor(majorVersion(), properties);
        return DriverManager.getConnection(url(database), properties);
    }

    /// As somebody else.
    public Connection connectAs(String database, String role, String password) throws SQLException {
        return connect(database, new Login(role, password), USUAL);
    }

    /// It stays as long as we run: an upgrade would end all sessions and change the address or restart us.
    private int majorVersion() throws SQLException {
        if (majorVersion == 0)
            try (var admin = connect()) {
                majorVersion = admin.getMetaData().getDatabaseMajorVersion();
            }
        return majorVersion;
    }

    /// What the configured address says about encryption (`sslmode`, `sslrootcert` and so on): whose certificate is
    /// checked there is checked everywhere.
    public Map<String, String> encryption() {
        return encryption;
    }

    private static Map<String, String> encryption(String url) {
        var all = Driver.parseURL(url, null);
        if (all == null) return Map.of();
        return all.stringPropertyNames().stream()
                .filter(name -> name.startsWith("ssl"))
                .collect(Collectors.toUnmodifiableMap(name -> name, all::getProperty));
    }

    /// For a run that must not wait for a server which is not there or does not answer.
    public static Connection glance(String url, String role, String password) throws SQLException {
        return DriverManager.getConnection(url, SessionStart.of(new Login(role, password), Duration.ofSeconds(5)));
    }

    String url(String database) {
        return "jdbc:postgresql://" + address.getHost() + ":" + port() + "/" + database;
    }

    String user() {
        return user;
    }

    Login login() {
        return new Login(user, password);
    }

    private static AgroalDataSource pool(String url, String user, String password) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(24)
                            .minSize(0)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .reapTimeout(Duration.ofMinutes(1))
                            .validateOnBorrow(true)
                            .connectionValidator(ConnectionValidator.defaultValidator())
                            .exceptionSorter(new PostgreSQLExceptionSorter())
                            .connectionFactoryConfiguration(factory -> {
                                factory.jdbcUrl(url)
                                        .principal(new NamePrincipal(user))
                                        .credential(new SimplePassword(password));
                                SessionStart.properties(USUAL).forEach(factory::jdbcProperty);
                                return factory;
                            })));
        } catch (SQLException e) {
            throw new IllegalStateException("the pool for " + url + " cannot be made", e);
        }
    }

    /// Whether there is any database but the server's own and our templates: whosever it is, its data would go with the
    /// server.
    public boolean holdsDatabases() {
        try (var admin = connect()) {
            return Sql.of(admin, """
                    select from pg_database
                     where datname not in ('postgres', 'template0', 'template1', 'rdsadmin')
                       and datname not like 'autostack\\_template\\_%'
                    """).exists();
        } catch (SQLException e) {
            throw new IllegalStateException("a server of a tenant's own could not be asked what it holds", e);
        }
    }

    /// Ends the administrator's pooled sessions.
    @Override
    public void close() {
        pool.close();
    }

    /// A statement that copies or deletes a whole database.
    static void executePatiently(Connection admin, String sql) throws SQLException {
        int usual = admin.getNetworkTimeout();
        admin.setNetworkTimeout(Runnable::run, (int) PATIENT.toMillis());
        try {
            Sql.execute(admin, sql);
        } finally {
            if (!admin.isClosed()) admin.setNetworkTimeout(Runnable::run, usual);
        }
    }
}
