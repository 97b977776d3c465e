package io.autostack.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The database server behind the tests, for those who look at it from outside the application.
public final class Server {

    private Server() {}

    public static Connection asSuperuser(String database) throws SQLException {
        return Platform.running().postgres().orElseThrow().connectAsSuperuser(database);
    }

    /// As the application's role, seeing the rows of one tenant, or those of all with the scope `platform`.
    public static Connection asApplication(@Nullable String tenant, @Nullable String scope) throws SQLException {
        var connection = DriverManager.getConnection(
                setting("AUTOSTACK_DB_URL"), setting("AUTOSTACK_DB_USER"), setting("AUTOSTACK_DB_PASSWORD"));
        try (var set = connection.prepareStatement(
                "select set_config('autostack.tenant', ?, false), set_config('autostack.scope', ?, false)")) {
            set.setString(1, tenant == null ? "" : tenant);
            set.setString(2, scope == null ? "" : scope);
            set.execute();
        }
        return connection;
    }

    /// As the role that makes databases and roles for tenants. It acts for roles that are made in this session.
    public static Connection asProvisioner() throws SQLException {
        var provisioner = DriverManager.getConnection(
                setting("AUTOSTACK_CLOUD_LOCAL_URL"),
                setting("AUTOSTACK_CLOUD_LOCAL_USER"),
                setting("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));
        TenantDatabase.execute(provisioner, "set createrole_self_grant = 'set, inherit'");
        return provisioner;
    }

    /// As a tenant's role, or whoever else has credentials.
    public static Connection as(Map<String, String> credentials, String database) throws SQLException {
        return DriverManager.getConnection(url(database), credentials.get("username"), credentials.get("password"));
    }

    /// The first column of what a query finds, as a superuser sees it.
    public static List<String> texts(String database, String query, String... parameters) throws SQLException {
        return Platform.superuser().texts(database, query, parameters);
    }

    public static void execute(String database, String sql) throws SQLException {
        try (var admin = asSuperuser(database)) {
            TenantDatabase.execute(admin, sql);
        }
    }

    /// What the server writes down.
    public static Path log() {
        return Platform.running().postgres().orElseThrow().log();
    }

    public static String url(String database) {
        return Platform.running().postgres().orElseThrow().jdbcUrl(database);
    }

    public static String setting(String variable) {
        return Objects.requireNonNull(Platform.running().environment().get(variable), variable);
    }
}
