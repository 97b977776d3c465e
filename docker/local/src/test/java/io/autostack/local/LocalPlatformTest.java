package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.postgres.Load;
import io.autostack.local.postgres.PostgresServer;
import io.autostack.local.process.StartFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformTest {

    private static final Settings DATABASE_ONLY = Settings.forTests().withoutIdentityProvider();

    @TempDir
    Path home;

    @Test
    void the_control_plane_is_told_how_to_reach_its_database() throws SQLException {
        try (var platform = LocalPlatform.prepare(home, DATABASE_ONLY)) {
            var told = platform.environment();
            try (var connection = DriverManager.getConnection(
                    told.get("AUTOSTACK_DB_URL"), told.get("AUTOSTACK_DB_USER"), told.get("AUTOSTACK_DB_PASSWORD"))) {
                assertThat(connection.getCatalog()).isEqualTo("autostack");
            }
        }
    }

    @Test
    void a_second_start_tells_the_same_secrets() {
        Map<String, String> first;
        try (var platform = LocalPlatform.prepare(home, DATABASE_ONLY)) {
            first = platform.environment();
        }
        try (var platform = LocalPlatform.prepare(home, DATABASE_ONLY)) {
            assertThat(platform.environment()).isEqualTo(first);
        }
    }

    @Test
    void bootstrap_tokens_have_a_name_and_a_role_and_only_this_user_reads_them() throws Exception {
        try (var platform = LocalPlatform.prepare(home, DATABASE_ONLY)) {
            var file = Path.of(platform.environment().get("AUTOSTACK_TOKENS_BOOTSTRAP_FILE"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + Files.readString(file))
                    .matches("rw-------cli operator ask_\\S{43}\nreference-app application ask_\\S{43}\n");
        }
    }

    @Test
    void a_given_database_is_prepared_instead_of_an_embedded_one(@TempDir Path elsewhere) {
        try (var given = LocalPlatform.prepare(elsewhere, DATABASE_ONLY)) {
            var server = given.postgres().orElseThrow();
            var settings = DATABASE_ONLY.given(Map.of(
                    "AUTOSTACK_DB_URL", server.jdbcUrl("autostack_given"),
                    "AUTOSTACK_DB_ADMIN_USER", server.superuser(),
                    "AUTOSTACK_DB_ADMIN_PASSWORD", server.password()));
            try (var platform = LocalPlatform.prepare(home, settings)) {
                assertThat(platform.postgres()).isEmpty();
            }
        }
    }

    @Test
    void servers_of_single_tenants_end_with_the_platform() {
        var one = home.resolve("clusters/one");
        var other = home.resolve("clusters/other");
        try (var platform = LocalPlatform.prepare(home, DATABASE_ONLY)) {
            assertThat(platform.postgres()).isPresent();
            leftRunning(one);
            leftRunning(other);
        }

        assertThat(PostgresServer.running(one)).isEmpty();
        assertThat(PostgresServer.running(other)).isEmpty();
    }

    @Test
    void servers_of_single_tenants_that_a_killed_launcher_left_behind_are_ended_by_stop() {
        var one = home.resolve("clusters/one");
        leftRunning(one);
        var said = new ArrayList<String>();

        new Down(home).stop(said::add);

        assertThat(PostgresServer.running(one)).isEmpty();
        assertThat(said).containsExactly("Stopped.");
    }

    private void leftRunning(Path folder) {
        PostgresServer.start(folder, Databases.programs(home), Load.SMALL).leaveRunning();
        assertThat(PostgresServer.running(folder)).isPresent();
    }

    @Test
    void a_given_database_without_any_sign_in_is_refused_with_the_way_out() {
        var settings = DATABASE_ONLY.given(Map.of("AUTOSTACK_DB_URL", "jdbc:postgresql://127.0.0.1:1/autostack"));

        assertThatThrownBy(() -> LocalPlatform.prepare(home, settings))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("AUTOSTACK_DB_ADMIN_USER");
    }

    @Test
    void an_address_that_is_no_postgresql_address_is_refused() {
        var settings = DATABASE_ONLY.given(Map.of("AUTOSTACK_DB_URL", "postgres://somewhere"));

        assertThatThrownBy(() -> LocalPlatform.prepare(home, settings))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("jdbc:postgresql://");
    }
}
