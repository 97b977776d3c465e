package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Snapshot;
import io.autostack.provisioning.plans.Names;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A snapshot is a whole copy or none, belongs to one tenant, and leaves the database it was taken of as it was.
@QuarkusTest
class SnapshotTest {

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String slug = Onboarding.freshSlug();
    private final DatabaseSpec live = desired(tenant, "tenant_" + slug);
    private final DatabaseSpec restored = desired(tenant, "tenant_" + slug + "__2");
    private final String snapshot = Names.snapshot(UUID.randomUUID());

    @Inject
    SnapshotTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void a_snapshot_keeps_the_rows_that_were_there_when_it_was_taken() throws SQLException {
        database(live);
        write(live, "before");
        done(cloud.takeSnapshot(live, snapshot));
        write(live, "after");

        done(restore());

        assertThat(rows(restored)).isEqualTo(1);
        assertThat(rows(live)).isEqualTo(2);
        done(cloud.checkDatabase(restored));
        done(cloud.compareWithSnapshot(tenant, snapshot, restored));
        assertThat(cloud.compareWithSnapshot(tenant, snapshot, live))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("app.guestbook_entry has 2 rows instead of 1"));
    }

    @Test
    void asking_twice_takes_it_once_and_restores_it_once() throws SQLException {
        database(live);
        done(cloud.takeSnapshot(live, snapshot));
        var first = cloud.snapshots(tenant);
        write(live, "after");

        done(cloud.takeSnapshot(live, snapshot));
        done(restore());
        write(restored, "new");
        done(restore());

        assertThat(cloud.snapshots(tenant))
                .hasSize(1)
                .extracting(Snapshot::takenAt)
                .containsExactly(first.getFirst().takenAt());
        assertThat(rows(restored)).isEqualTo(1);
    }

    @Test
    void nobody_but_the_platform_gets_into_a_snapshot() throws SQLException {
        database(live);
        done(cloud.takeSnapshot(live, snapshot));

        assertThatThrownBy(() -> Server.as(
                                cloud.readSecret(live.secret()).orElseThrow().value(), snapshot)
                        .close())
                .hasMessageContaining("not currently accepting connections");
        done(restore());
        done(cloud.compareWithSnapshot(tenant, snapshot, restored));
        assertThat(text("select datallowconn or rolcanlogin from pg_database, pg_roles where datname = rolname"
                        + " and datname = '" + snapshot + "'"))
                .isEqualTo("f");
    }

    @Test
    void the_database_is_afterwards_as_it_was() throws SQLException {
        database(live);
        var before = state(live);
        try (var session =
                Server.as(cloud.readSecret(live.secret()).orElseThrow().value(), live.name())) {
            done(cloud.takeSnapshot(live, snapshot));

            assertThat(session.isValid(1)).isFalse();
        }

        assertThat(state(live)).isEqualTo(before);
        write(live, "after");
    }

    @Test
    void a_suspended_database_stays_closed() throws SQLException {
        database(live);
        write(live, "before");
        done(cloud.closeDatabase(live));

        done(cloud.takeSnapshot(live, snapshot));

        assertThatThrownBy(() -> write(live, "meanwhile")).hasMessageContaining("not currently accepting connections");
        done(restore());
        assertThat(rows(restored)).isEqualTo(1);
    }

    @Test
    void half_a_copy_is_no_snapshot_and_is_made_anew() throws SQLException {
        database(live);
        write(live, "before");
        asProvisioner(
                "create role " + snapshot + " nologin",
                "comment on role " + snapshot + " is 'autostack:tenant=" + tenant + "'",
                "create database " + snapshot + " owner " + snapshot,
                "comment on database " + snapshot + " is 'autostack:half-snapshot tenant=" + tenant + "'",
                "revoke connect on database " + live.name() + " from " + live.name());

        assertThat(restore()).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.snapshots(tenant)).isEmpty();

        done(cloud.takeSnapshot(live, snapshot));
        done(restore());

        assertThat(rows(restored)).isEqualTo(1);
        write(live, "let in again");
    }

    @Test
    void a_copy_that_was_cut_off_before_its_tag_is_made_anew() throws SQLException {
        database(live);
        asProvisioner(
                "create role " + snapshot + " nologin",
                "comment on role " + snapshot + " is 'autostack:tenant=" + tenant + "'",
                "create database " + snapshot + " owner " + snapshot);

        done(cloud.takeSnapshot(live, snapshot));

        done(cloud.removeSnapshot(tenant, snapshot));
        assertThat(text("select count(*) from pg_roles where rolname = '" + snapshot + "'"))
                .isEqualTo("0");
    }

    @Test
    void another_tenant_neither_restores_nor_removes_it() throws SQLException {
        database(live);
        done(cloud.takeSnapshot(live, snapshot));
        var other = UUID.randomUUID();
        var theirs = desired(other, "tenant_" + Onboarding.freshSlug());
        database(theirs);

        assertThat(cloud.restoreSnapshot(other, snapshot, theirs)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.restoreSnapshot(tenant, snapshot, theirs)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.takeSnapshot(theirs, snapshot)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.removeSnapshot(other, snapshot)).satisfies(SnapshotTest::isLeftAlone);

        assertThat(cloud.snapshots(other)).isEmpty();
        assertThat(cloud.snapshots(tenant)).hasSize(1);
    }

    @Test
    void a_tenant_database_is_never_taken_for_a_snapshot() throws SQLException {
        database(live);

        assertThat(cloud.removeSnapshot(tenant, live.name())).satisfies(SnapshotTest::isLeftAlone);
        assertThat(cloud.restoreSnapshot(tenant, live.name(), restored)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.takeSnapshot(live, live.name())).isInstanceOf(Outcome.Failed.class);

        assertThat(rows(live)).isZero();
    }

    @Test
    void a_snapshot_outlives_its_database_and_the_role() throws SQLException {
        database(live);
        write(live, "before");
        done(cloud.takeSnapshot(live, snapshot));

        done(cloud.removeDatabase(live));

        done(cloud.restoreSnapshot(tenant, snapshot, live));
        assertThat(rows(live)).isEqualTo(1);
    }

    @Test
    void functions_policies_and_rights_come_along() throws SQLException {
        database(live);
        try (var owner = Server.as(cloud.readSecret(live.secret()).orElseThrow().value(), live.name());
                var statement = owner.createStatement()) {
            statement.execute("create function public.answer() returns int language sql as 'select 42'");
            statement.execute("create schema own");
            statement.execute("create function own.answer() returns int language sql as 'select 43'");
            statement.execute("grant usage on schema public to " + live.name());
            statement.execute("alter default privileges grant select on tables to " + live.name());
            statement.execute("create table own.guarded as select 1 as id union select 2");
            statement.execute("alter table own.guarded enable row level security");
            statement.execute("alter table own.guarded force row level security");
            statement.execute("create policy one on own.guarded to " + live.name() + " using (id = 1)");
        }
        done(cloud.takeSnapshot(live, snapshot));
        done(cloud.removeDatabase(live));

        done(restore());

        try (var owner = Server.as(
                        cloud.readSecret(restored.secret()).orElseThrow().value(), restored.name());
                var statement = owner.createStatement();
                var row = statement.executeQuery(
                        "select public.answer(), own.answer(), (select count(*) from own.guarded)")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(42);
            assertThat(row.getInt(2)).isEqualTo(43);
            assertThat(row.getInt(3)).isEqualTo(1);
            statement.execute("drop function public.answer()");
            statement.execute("drop schema own cascade");
        }
    }

    @Test
    void there_is_a_file_or_a_reason_why_not() throws SQLException {
        database(live);
        done(cloud.takeSnapshot(live, snapshot));

        assertThat(cloud.dumpSnapshot(tenant, snapshot)).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            var file = done.learned().getOrDefault("snapshot.file", "nothing was said");
            if (file.startsWith("none: "))
                assertThat(file).containsAnyOf("there is no program pg_dump", "pg_dump is of version");
            else assertThat(Path.of(file.split(",")[0])).isNotEmptyFile();
        });
        assertThat(cloud.dumpSnapshot(UUID.randomUUID(), snapshot)).isInstanceOf(Outcome.Failed.class);
    }

    private Outcome restore() {
        if (cloud.readSecret(restored.secret()).isEmpty()) secret(restored);
        return cloud.restoreSnapshot(tenant, snapshot, restored);
    }

    private static DatabaseSpec desired(UUID tenant, String name) {
        return new DatabaseSpec(tenant, name, "tests/" + name, true);
    }

    private void database(DatabaseSpec desired) {
        secret(desired);
        done(cloud.ensureDatabase(desired));
    }

    private void secret(DatabaseSpec desired) {
        done(cloud.ensureSecret(
                desired.tenant(),
                desired.secret(),
                Map.of("username", desired.name(), "password", "p4ssword-" + UUID.randomUUID())));
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private void write(DatabaseSpec into, String message) throws SQLException {
        try (var inside =
                        Server.as(cloud.readSecret(into.secret()).orElseThrow().value(), into.name());
                var statement = inside.createStatement()) {
            statement.executeUpdate(
                    "insert into app.guestbook_entry (author, message) values ('me', '" + message + "')");
        }
    }

    private int rows(DatabaseSpec of) throws SQLException {
        try (var inside = Server.as(cloud.readSecret(of.secret()).orElseThrow().value(), of.name());
                var statement = inside.createStatement();
                var row = statement.executeQuery("select count(*) from app.guestbook_entry")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String state(DatabaseSpec of) throws SQLException {
        return text("select d::text || shobj_description(oid, 'pg_database') from (select oid, datname, datdba,"
                + " datallowconn, datconnlimit, datacl from pg_database) d where datname = '" + of.name() + "'");
    }

    private static String text(String query) throws SQLException {
        return Server.texts("postgres", query).getFirst();
    }

    private static void asProvisioner(String... statements) throws SQLException {
        try (var connection = Server.asProvisioner();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    private static void isLeftAlone(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class, done -> assertThat(done.evidence()).containsKey(Outcome.LEFT_ALONE));
    }
}
