package io.autostack.provisioning.postgres;

import static io.autostack.jdbc.Sql.execute;
import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A tenant's code runs in a session of the platform's and gives its login a password that the tenant knows: any
/// role may change its own. That must lead nowhere: no limit of the plan holds for such a session.
@QuarkusTest
class StolenLoginTest {

    private static final String PASSWORD = "known-to-a-tenant";

    private final TenantServer server = new TenantServer(
            Server.setting("AUTOSTACK_CLOUD_LOCAL_URL"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_USER"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenant_" + tenant.toString().replace("-", "");
    private final DatabaseSpec desired = new DatabaseSpec(tenant, name, "tests/" + tenant, true);
    private final Cloud cloud;
    private final TenantSessions sessions;

    @Inject
    StolenLoginTest(Cloud cloud, TenantSessions sessions) {
        this.cloud = cloud;
        this.sessions = sessions;
    }

    @BeforeEach
    void a_tenants_database() {
        cloud.ensureSecret(tenant, desired.secret(), Map.of("username", name, "password", "p4ssword-" + tenant));
        cloud.ensureDatabase(desired);
    }

    @AfterEach
    void remove_it() {
        cloud.removeDatabase(desired);
        server.close();
    }

    @Test
    void t02_who_came_in_is_sent_away_with_the_login() throws SQLException {
        try (var thief = sessions.lend(server, name, lent -> {
            try (var session = server.connect(name, lent, Duration.ofSeconds(30))) {
                return server.connectAs(name, steal(session), PASSWORD);
            }
        })) {
            var login = thief.getMetaData().getUserName();
            assertThat(thief.isValid(10)).isFalse();
            assertThat(Server.texts("postgres", "select rolname from pg_roles")).doesNotContain(login);
        }
    }

    @Test
    void t02_who_came_in_while_the_login_was_dropped_is_sent_away_soon() throws SQLException {
        var login = "autostack_session_lost_" + tenant.toString().replace("-", "");
        Server.execute("postgres", "create role " + login + " login password '" + PASSWORD + "' in role " + name);
        try (var stray = server.connectAs(name, login, PASSWORD)) {
            Server.execute("postgres", "drop role " + login);

            Awaitility.await().until(() -> !stray.isValid(10));
        }
    }

    private static String steal(Connection session) throws SQLException {
        execute(session, "set role none; alter role current_user password '" + PASSWORD + "'");
        try (var statement = session.createStatement();
                var row = statement.executeQuery("select session_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
