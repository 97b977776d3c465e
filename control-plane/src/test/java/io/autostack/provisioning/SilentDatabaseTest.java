package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// A database that accepts and never answers, or is locked for ever, holds no thread for ever.
@QuarkusTest
class SilentDatabaseTest {

    private static final String PROPERTIES = "quarkus.datasource.jdbc.additional-jdbc-properties.";

    private final DataSource database;

    @Inject
    SilentDatabaseTest(DataSource database) {
        this.database = database;
    }

    @Test
    void every_connection_of_the_pool_is_given_up_when_it_is_silent_for_a_minute() throws SQLException {
        try (var connection = database.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
        }
    }

    @Test
    void nobody_waits_for_a_lock_for_ever() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("show lock_timeout")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("20s");
        }
    }

    @Test
    void a_server_that_accepts_and_never_answers_is_given_up() throws Exception {
        var properties = configured();
        properties.setProperty("socketTimeout", "1");
        try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/autostack";

            assertThatThrownBy(() -> DriverManager.getConnection(url, properties))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static Properties configured() {
        var properties = new Properties();
        for (var key : ConfigProvider.getConfig().getPropertyNames())
            if (key.startsWith(PROPERTIES))
                properties.setProperty(
                        key.substring(PROPERTIES.length()),
                        ConfigProvider.getConfig().getValue(key, String.class));
        assertThat(properties).containsKeys("socketTimeout", "connectTimeout", "tcpKeepAlive");
        return properties;
    }
}
