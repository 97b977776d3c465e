package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Sizing;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a tenant sets, writes on or takes in its own database, and what holds nevertheless.
@QuarkusTest
class TenantLimitsTest {

    private static final int CONNECTIONS = 3;
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenant_" + tenant.toString().replace("-", "");
    private final DatabaseSpec desired = new DatabaseSpec(tenant, name, "tests/" + tenant, true);
    private final String snapshot = "snapshot_" + tenant.toString().replace("-", "");
    private final ArrayDeque<Connection> open = new ArrayDeque<>();

    @Inject
    TenantLimitsTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void a_tenants_database() {
        done(cloud.ensureSecret(tenant, desired.secret(), Map.of("username", name, "password", "p4ssword-" + tenant)));
        done(cloud.ensureDatabase(desired));
        done(cloud.sizeDatabase(desired, new Sizing(CONNECTIONS, Duration.ofSeconds(30))));
    }

    @AfterEach
    void remove_it() throws SQLException {
        while (!open.isEmpty()) open.pop().close();
        done(cloud.removeSnapshot(tenant, snapshot));
        done(cloud.removeDatabase(desired));
    }

    @Test
    void t10_what_a_tenant_writes_on_its_database_decides_nothing() {
        refused("comment on database " + name + " is 'our data'", "must be owner of database");
        refused("alter database " + name + " rename to ours", "must be owner of database");
        refused("drop database " + name, "must be owner of database");
        refused("alter database " + name + " set default_transaction_read_only = on", "must be owner of database");

        done(cloud.closeDatabase(desired));
        done(cloud.openDatabase(desired));
        done(cloud.takeSnapshot(desired, snapshot));
        done(cloud.repairDatabase(desired));
    }

    @Test
    void t10_a_database_of_an_older_installation_is_known_by_its_owner_and_becomes_the_platforms() throws SQLException {
        Server.execute("postgres", "alter database " + name + " owner to " + name);
        asTenant("comment on database " + name + " is 'our data'");
        asTenant("alter database " + name + " with connection limit -1");
        asTenant("alter database " + name + " set default_transaction_read_only = on");

        done(cloud.takeSnapshot(desired, snapshot));

        done(cloud.sizeDatabase(desired, new Sizing(CONNECTIONS, Duration.ofSeconds(30))));
        assertThat(Server.texts(
                        "postgres",
                        "select pg_get_userbyid(datdba) || ' ' || shobj_description(oid, 'pg_database') || ' '"
                                + " || datconnlimit from pg_database where datname = '" + name + "'"))
                .containsExactly("autostack_provisioner autostack:tenant=" + tenant + " " + (CONNECTIONS + 2));
        asTenant("create table app.writes_again (id int)");
        refused("comment on database " + name + " is 'our data'", "must be owner of database");
    }

    @Test
    void t11_s02_a_tenant_cannot_lift_its_connections_and_some_are_left_for_the_platform() throws SQLException {
        refused("alter database " + name + " with connection limit -1", "must be owner of database");
        refused("alter role " + name + " connection limit -1", "permission denied");
        asTenant("alter role " + name + " set work_mem = '8GB'");

        for (int i = 0; i < CONNECTIONS; i++) open.push(connect());
        assertThatThrownBy(this::connect).hasMessageContaining("too many connections for role");

        assertThat(cloud.readSchema(desired, true)).isInstanceOf(SchemaReading.Observed.class);
        done(cloud.takeSnapshot(desired, snapshot));
    }

    @Test
    void t11_a_statement_that_outlasts_the_plan_is_ended_although_its_role_set_another_limit() throws SQLException {
        done(cloud.sizeDatabase(desired, new Sizing(CONNECTIONS, Duration.ofSeconds(1))));
        asTenant("alter role " + name + " set statement_timeout = 0");

        refused("select pg_sleep(120)", "canceling statement due to user request");
    }

    @Test
    void t11_a_tenant_that_holds_on_to_its_own_role_keeps_the_platform_from_nothing() throws SQLException {
        var holding = connect();
        open.push(holding);
        holding.setAutoCommit(false);
        TenantDatabase.execute(holding, "alter role " + name + " password 'mine'");

        done(cloud.sizeDatabase(desired, new Sizing(CONNECTIONS + 1, Duration.ofSeconds(30))));

        assertThat(isOpen(holding)).isFalse();
    }

    @Test
    void s02_a_tenant_that_takes_all_locks_of_the_server_has_them_for_seconds_only() throws SQLException {
        var greedy = connect();
        open.push(greedy);
        assertThatThrownBy(() -> TenantDatabase.execute(
                        greedy, "select count(pg_advisory_lock(n)) from generate_series(1, 1000000) n"))
                .hasMessageContaining("out of shared memory");

        Awaitility.await("its session is ended").until(() -> !isOpen(greedy));
        Awaitility.await("it does not come back at once").until(() -> {
            try {
                connect().close();
                return false;
            } catch (SQLException e) {
                return TOO_MANY_CONNECTIONS.equals(e.getSQLState());
            }
        });
        assertThat(cloud.readSchema(desired, true)).isInstanceOf(SchemaReading.Observed.class);

        // As a repair by Upkeep does.
        done(cloud.sizeDatabase(desired, new Sizing(CONNECTIONS, Duration.ofSeconds(30))));
        done(cloud.checkDatabase(desired));
    }

    @Test
    void s02_a_process_that_works_for_a_tenant_has_a_limit_of_memory() throws Exception {
        try (var session = connect()) {
            TenantDatabase.execute(session, "set work_mem = '8GB'");
            var process =
                    TenantDatabase.texts(session, "select pg_backend_pid()").getFirst();
            var limit = Files.readAllLines(Path.of("/proc", process, "limits")).stream()
                    .filter(line -> line.startsWith("Max address space"))
                    .map(line -> line.split(" {2,}"))
                    .findFirst()
                    .orElseThrow();

            assertThat(limit[1]).as("soft").isEqualTo(limit[2]).as("hard");
            assertThat(Long.parseLong(limit[2])).isLessThan(4L << 30);
        }
    }

    @Test
    void s02_who_does_not_sign_in_holds_a_connection_for_seconds_only() throws SQLException {
        assertThat(Server.texts("postgres", "show authentication_timeout")).containsExactly("10s");
    }

    @Test
    void s02_temporary_files_of_a_tenant_have_a_limit_that_it_cannot_lift() throws SQLException {
        for (var lifted : new String[] {"set ", "alter role " + name + " set "})
            refused(lifted + "temp_file_limit = -1", "permission denied to set parameter \"temp_file_limit\"");
        try (var session = connect()) {
            assertThat(TenantDatabase.texts(session, "show temp_file_limit")).containsExactly("8GB");
        }

        Server.execute("postgres", "alter role " + name + " set temp_file_limit = '64kB'");
        refused(
                "set work_mem = '64kB'; select count(*) from (select n from generate_series(1, 100000) n"
                        + " order by random()) sorted",
                "temporary file size exceeds");
    }

    @Test
    void t12_what_a_tenant_sets_for_itself_is_not_what_the_platforms_sessions_begin_with() throws SQLException {
        for (var setting : new String[] {
            "lock_timeout = '1ms'",
            "search_path = app",
            "row_security = on",
            "standard_conforming_strings = off",
            "transaction_timeout = '1ms'; alter role " + name + " set default_transaction_read_only = on"
        }) asTenant("alter role " + name + " set " + setting);

        done(cloud.checkDatabase(desired));
        assertThat(cloud.readSchema(desired, true)).isInstanceOf(SchemaReading.Observed.class);
        done(cloud.takeSnapshot(desired, snapshot));
        done(cloud.repairContents(desired));
    }

    @Test
    void t13_what_asking_again_cannot_change_is_said_at_once() throws SQLException {
        Server.execute("postgres", "alter database " + name + " with is_template true");
        try {
            assertThat(cloud.removeDatabase(desired))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("cannot drop a template database")
                                    .contains("then retry"));
        } finally {
            Server.execute("postgres", "alter database " + name + " with is_template false");
        }
    }

    @Test
    void t13_a_setting_that_keeps_a_tenant_out_is_said_at_once() throws SQLException {
        asTenant("alter role " + name + " set local_preload_libraries = 'nowhere'");

        assertThat(cloud.checkDatabase(desired))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("could not access file")
                                .contains("then retry"));
    }

    @Test
    void t14_credentials_rotate_while_all_connections_of_the_plan_are_in_use() throws SQLException {
        for (int i = 0; i < CONNECTIONS; i++) open.push(connect());
        var second = secondLogin();
        done(cloud.checkLogin(desired, SecretStage.PENDING));

        for (int i = 0; i < 2; i++) open.push(Server.as(second, name));
        assertThat(cloud.checkLogin(desired, SecretStage.PENDING))
                .isInstanceOfSatisfying(
                        Outcome.NotYet.class,
                        later -> assertThat(later.toString()).contains("all connections are in use"));

        open.pop().close();
        Awaitility.await("a connection is free")
                .until(() -> cloud.checkLogin(desired, SecretStage.PENDING) instanceof Outcome.Done);
    }

    @Test
    void t21_what_the_second_login_made_as_itself_is_the_tenants_in_every_copy_and_after_a_repair()
            throws SQLException {
        try (var second = Server.as(secondLogin(), name)) {
            TenantDatabase.execute(second, "set role none");
            TenantDatabase.execute(second, "create table app.made (id int)");
            TenantDatabase.execute(second, "insert into app.made values (1)");
            TenantDatabase.execute(second, "select lo_create(4711)");
        }

        done(cloud.takeSnapshot(desired, snapshot));
        var copy = new DatabaseSpec(tenant, name + "__1", desired.secret() + "-1", true);
        done(cloud.ensureSecret(
                tenant, copy.secret(), Map.of("username", copy.name(), "password", "p4ssword-" + tenant)));
        try {
            done(cloud.restoreSnapshot(tenant, snapshot, copy));
            done(cloud.compareWithSnapshot(tenant, snapshot, copy));
            assertThat(ownerOfWhatWasMade(copy.name())).isEqualTo(copy.name());
        } finally {
            done(cloud.removeDatabase(copy));
        }

        done(cloud.repairContents(desired));
        assertThat(ownerOfWhatWasMade(name)).isEqualTo(name);
        assertThat(cloud.repairContents(desired))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        again -> assertThat(again.evidence()).containsEntry("objects given back", "0"));
    }

    @Test
    void a_tenant_may_still_make_what_it_needs() throws SQLException {
        asTenant("create schema own");
        asTenant("create table public.simple (id int)");
        asTenant("create extension if not exists pgcrypto");
        asTenant("create temporary table for_now (id int)");
        asTenant("create publication everything for table public.simple");
        asTenant("alter role " + name + " set search_path = own, public");
    }

    private Map<String, String> secondLogin() {
        var credentials = Map.of("username", cloud.spareLogin(desired), "password", "p4ssword-b");
        done(cloud.stageSecret(tenant, desired.secret(), credentials));
        done(cloud.openLogin(desired, SecretStage.PENDING));
        return credentials;
    }

    private static String ownerOfWhatWasMade(String database) throws SQLException {
        return Server.texts(database, "select tableowner from pg_tables where tablename = 'made'")
                .getFirst();
    }

    private static boolean isOpen(Connection session) {
        try {
            TenantDatabase.execute(session, "select 1");
            return true;
        } catch (SQLException _) {
            return false;
        }
    }

    private void refused(String statement, String because) {
        assertThatThrownBy(() -> asTenant(statement)).hasMessageContaining(because);
    }

    private void asTenant(String statement) throws SQLException {
        try (var session = connect()) {
            TenantDatabase.execute(session, statement);
        }
    }

    private Connection connect() throws SQLException {
        return Server.as(Map.of("username", name, "password", "p4ssword-" + tenant), name);
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }
}
