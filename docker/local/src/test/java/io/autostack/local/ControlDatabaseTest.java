package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.ControlDatabase.Login;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlDatabaseTest {

    /// Where the build has unpacked them.
    private static final Path PROGRAMS = Path.of("target/postgres");

    @TempDir
    static Path home;

    private static PostgresServer server;
    private static ControlDatabase database;

    @BeforeAll
    static void prepare_it() throws SQLException {
        server = PostgresServer.start(home, PROGRAMS);
        database = prepare();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void preparing_again_changes_no_password() throws SQLException {
        assertThat(prepare().application().password())
                .isEqualTo(database.application().password());
    }

    @Test
    void the_owner_may_create_schemas() throws SQLException {
        try (var owner = connect("autostack", database.owner())) {
            assertThat(owner.createStatement().execute("create schema made_by_owner"))
                    .isFalse();
        }
    }

    @Test
    void the_application_may_connect_but_not_create() throws SQLException {
        try (var application = connect("autostack", database.application())) {
            assertThatThrownBy(() -> application.createStatement().execute("create schema mine"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void the_provisioner_cannot_open_the_control_planes_database() {
        assertThatThrownBy(() -> connect("autostack", database.provisioner()).close())
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void the_provisioner_makes_a_tenants_role_and_database_and_takes_them_away() throws SQLException {
        try (var provisioner = connect("postgres", database.provisioner());
                var statement = provisioner.createStatement()) {
            statement.execute("create role tenant_a login password 'a'");
            statement.execute("create database tenant_a");
            statement.execute("grant connect, create on database tenant_a to tenant_a");
            statement.execute("revoke connect on database tenant_a from public");
            statement.execute("drop database tenant_a");
            statement.execute("drop role tenant_a");
            assertThat(statement
                            .executeQuery("select from pg_roles where rolname = 'tenant_a'")
                            .next())
                    .isFalse();
        }
    }

    @Test
    void the_provisioner_is_no_member_of_the_roles_that_it_makes() throws SQLException {
        try (var provisioner = connect("postgres", database.provisioner());
                var statement = provisioner.createStatement()) {
            statement.execute("create role tenant_c login password 'c'");
            assertThatThrownBy(() -> statement.execute("set role tenant_c")).hasMessageContaining("permission denied");
            try (var row = statement.executeQuery("select pg_has_role('tenant_c', 'usage')")) {
                row.next();
                assertThat(row.getBoolean(1)).isFalse();
            }
        }
    }

    @Test
    void a_tenants_role_cannot_open_any_shared_database() throws SQLException {
        try (var provisioner = connect("postgres", database.provisioner())) {
            provisioner.createStatement().execute("create role tenant_b login password 'b'");
        }

        for (var shared : new String[] {"autostack", "postgres", "template1"})
            assertThatThrownBy(() -> connect(shared, new Login("tenant_b", "b")).close())
                    .as(shared)
                    .hasMessageContaining("permission denied for database");
    }

    @Test
    void an_application_role_that_can_bypass_row_level_security_is_refused() throws SQLException {
        try (var admin = server.connectAsSuperuser("postgres")) {
            admin.createStatement().execute("alter role autostack_app bypassrls");
            try {
                assertThatThrownBy(ControlDatabaseTest::prepare)
                        .isInstanceOf(StartFailed.class)
                        .hasMessageContaining("autostack_app");
            } finally {
                admin.createStatement().execute("alter role autostack_app nobypassrls");
            }
        }
    }

    @Test
    void an_administrator_without_superuser_power_suffices(@TempDir Path otherHome) throws SQLException {
        try (var other = PostgresServer.start(otherHome, PROGRAMS)) {
            try (var superuser = other.connectAsSuperuser("postgres")) {
                superuser
                        .createStatement()
                        .execute("create role cloud_admin login createdb createrole password 'cloud'");
            }
            try (var admin = DriverManager.getConnection(other.jdbcUrl("postgres"), "cloud_admin", "cloud")) {
                ControlDatabase.prepare(admin, "autostack", Secrets.in(otherHome));
                var again = ControlDatabase.prepare(admin, "autostack", Secrets.in(otherHome));
                assertThat(again.name()).isEqualTo("autostack");
            }
        }
    }

    private static ControlDatabase prepare() throws SQLException {
        try (var admin = server.connectAsSuperuser("postgres")) {
            return ControlDatabase.prepare(admin, "autostack", Secrets.in(home));
        }
    }

    private static Connection connect(String name, Login login) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name), login.user(), login.password());
    }
}
