package io.autostack.provisioning.cloud.local;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// A PostgreSQL server on which the local driver makes tenant databases. As a bean it is the one that tenants share.
@ApplicationScoped
class TenantServer {

    private final String user;
    private final String password;
    private final URI address;
    private final AgroalDataSource pool;

    @Inject
    TenantServer(
            @ConfigProperty(name = "autostack.cloud.local.url") String adminUrl,
            @ConfigProperty(name = "autostack.cloud.local.user") String user,
            @ConfigProperty(name = "autostack.cloud.local.password") String password) {
        this.user = user;
        this.password = password;
        this.address = URI.create(adminUrl.substring("jdbc:".length()));
        this.pool = pool(adminUrl, user, password);
    }

    String host() {
        return address.getHost();
    }

    int port() {
        return address.getPort() < 0 ? 5432 : address.getPort();
    }

    /// As the role that may create roles and databases, nothing more. Given back to a small pool when closed.
    Connection connect() throws SQLException {
        return pool.getConnection();
    }

    Connection connect(String database) throws SQLException {
        return connect(url(database), user, password, "60");
    }

    Connection connectAs(String database, String role, String password) throws SQLException {
        return connect(url(database), role, password, "60");
    }

    /// For statements that read whole tables.
    Connection connectPatiently(String database, String role, String password) throws SQLException {
        return connect(url(database), role, password, "1800");
    }

    Connection connectPatiently(String database) throws SQLException {
        return connectPatiently(database, user, password);
    }

    /// For a look that must not wait for a server which is not there or does not answer.
    static Connection glance(String url, String role, String password) throws SQLException {
        return connect(url, role, password, "5");
    }

    String url(String database) {
        return "jdbc:postgresql://" + address.getHost() + ":" + port() + "/" + database;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    private static Connection connect(String url, String user, String password, String mostSeconds)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", mostSeconds);
        properties.setProperty("ApplicationName", "autostack-provisioner");
        // What a tenant set for its database holds for its own sessions, not for the driver's.
        properties.setProperty("options", "-c statement_timeout=0");
        return DriverManager.getConnection(url, properties);
    }

    private static AgroalDataSource pool(String url, String user, String password) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(8)
                            .minSize(0)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .reapTimeout(Duration.ofMinutes(1))
                            .validateOnBorrow(true)
                            .connectionValidator(ConnectionValidator.defaultValidator())
                            .exceptionSorter(new PostgreSQLExceptionSorter())
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                    .principal(new NamePrincipal(user))
                                    .credential(new SimplePassword(password)))));
        } catch (SQLException refused) {
            throw new IllegalStateException("the pool for " + url + " cannot be made", refused);
        }
    }

    @PreDestroy
    void close() {
        pool.close();
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
