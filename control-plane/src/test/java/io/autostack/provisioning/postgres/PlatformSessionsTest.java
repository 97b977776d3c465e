package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a tenant can make of a session that the platform has in its database, and of the place where the platform
/// keeps what it knows about the database.
@QuarkusTest
class PlatformSessionsTest {

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenant_" + tenant.toString().replace("-", "");
    private final String snapshot = "snapshot_" + tenant.toString().replace("-", "");
    private final DatabaseSpec desired = new DatabaseSpec(tenant, name, "tests/" + tenant, true);
    private final TenantSessions sessions = new TenantSessions();
    private final TenantServer server = new TenantServer(
            Server.setting("AUTOSTACK_CLOUD_LOCAL_URL"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_USER"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));

    @Inject
    PlatformSessionsTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @BeforeEach
    void a_tenants_database() {
        done(cloud.ensureSecret(tenant, desired.secret(), Map.of("username", name, "password", "p4ssword-" + tenant)));
        done(cloud.ensureDatabase(desired));
    }

    @AfterEach
    void remove_it() {
        done(cloud.removeSnapshot(tenant, snapshot));
        done(cloud.removeDatabase(desired));
        server.close();
    }

    /// As a trigger would that a rollout fires.
    @Test
    void t02_a_password_that_a_tenants_code_gives_to_the_platforms_login_opens_nothing_that_lasts()
            throws SQLException {
        var session = sessions.open(server, name);
        TenantDatabase.execute(session, "set role none");
        var login = TenantDatabase.texts(session, "select current_user").getFirst();
        TenantDatabase.execute(session, "alter role current_user password 'known'");
        var known = Map.of("username", login, "password", "known");
        assertThatThrownBy(() -> Server.as(known, name)).hasMessageContaining("too many connections for role");

        // It is the moment between the end of the session and that of the login that is left.
        Server.execute("postgres", "alter role " + login + " connection limit 2");
        try (var left = Server.as(known, name)) {
            session.close();
            assertThat(Server.texts("postgres", "select from pg_roles where rolname = '" + login + "'"))
                    .isEmpty();

            done(cloud.takeSnapshot(desired, snapshot));
            assertThatThrownBy(() -> TenantDatabase.execute(left, "select 1")).isInstanceOf(SQLException.class);
        }
    }

    /// Who looks into a database while it is closed has a login that lasts as long as the look.
    @Test
    void a_login_that_goes_while_its_session_is_being_ended_keeps_no_database_open() throws Exception {
        var looking = sessions.open(server, name);
        var login = TenantDatabase.texts(looking, "select session_user").getFirst();
        try (var end = server.connect();
                var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            end.setAutoCommit(false);
            TenantDatabase.execute(end, "drop role " + login);
            var closed = closing.submit(() -> cloud.closeDatabase(desired));
            // It has seen the session, and waits to hear what becomes of the login.
            Awaitility.await()
                    .until(() -> Server.texts("postgres", """
                    select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'grant "%s" to%%'
                    """.formatted(login)).size() == 1);
            end.commit();

            done(closed.get());
        }
        assertThatThrownBy(() -> TenantDatabase.execute(looking, "select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void s02_a_database_of_many_tables_changes_hands_some_at_a_time() throws SQLException {
        try (var inside = Server.as(Map.of("username", name, "password", "p4ssword-" + tenant), name)) {
            TenantDatabase.execute(inside, """
                    do $$ begin for n in 1..600 loop execute format('create table app.many_%s (id int)', n);
                    end loop; end $$
                    """);
        }

        done(cloud.takeSnapshot(desired, snapshot));

        Server.execute("postgres", "alter database " + snapshot + " with allow_connections true");
        assertThat(Server.texts(snapshot, """
                select relowner::regrole || ' ' || count(*) from pg_class
                 where relname like 'many\\_%' group by relowner
                """)).containsExactly(snapshot + " 600");
        // Each transaction leaves its own number behind in what it changed.
        assertThat(Server.texts(snapshot, """
                select distinct xmin::text from pg_class where relname like 'many\\_%'
                """)).hasSize(2);
    }

    @Test
    void t01_the_platform_builds_nothing_in_a_schema_that_a_tenant_made_in_its_place() throws SQLException {
        Server.execute(name, "drop schema autostack cascade");
        try (var inside = Server.as(Map.of("username", name, "password", "p4ssword-" + tenant), name)) {
            TenantDatabase.execute(inside, "create schema autostack");
            TenantDatabase.execute(inside, "grant all on schema autostack to public");
        }

        try (var platform = server.connect(name)) {
            assertThatThrownBy(() -> SchemaHistory.prepare(platform))
                    .hasMessageContaining("kept for the platform, and belongs to somebody else");
        }
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }
}
