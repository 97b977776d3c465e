package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.plans.Names;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A copy counts as equal only when everything in it was read, whatever a tenant puts in the way.
@QuarkusTest
class CopiesTest {

    private static final String BILL = """
            create table app.bill (id int primary key, customer int not null);
            insert into app.bill select n, n % 3 from generate_series(1, 30) n;
            alter table app.bill enable row level security;
            alter table app.bill force row level security;
            create policy own on app.bill using (customer = current_setting('app.customer')::int)
            """;

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenant_" + Onboarding.freshSlug();
    private final DatabaseSpec live = new DatabaseSpec(tenant, name, "tests/" + name, true);
    private final DatabaseSpec restored = new DatabaseSpec(tenant, name + "__2", "tests/" + name + "__2", true);
    private final String snapshot = Names.snapshot(UUID.randomUUID());

    @Inject
    CopiesTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void t20_a_policy_hides_no_row_from_the_comparison() throws SQLException {
        restoredFromACopyOf(BILL);

        assertThat(compared())
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(Integer.parseInt(done.evidence().getOrDefault("rows", "0")))
                                .isGreaterThanOrEqualTo(30));
        assertThat(Server.texts(restored.name(), "select relforcerowsecurity from pg_class where relname = 'bill'"))
                .containsExactly("t");
    }

    @Test
    void t20_a_row_that_only_a_policy_would_have_hidden_is_missed() throws SQLException {
        restoredFromACopyOf(BILL);
        run(restored, "set app.customer = 2; delete from app.bill where id = 2");

        assertThat(reason(compared())).contains("app.bill has 29 rows instead of 30");
    }

    @Test
    void t22_what_the_owner_took_from_itself_is_read_all_the_same() throws SQLException {
        restoredFromACopyOf(
                BILL + "; revoke all on app.bill from current_user; revoke usage on schema app from current_user");
        assertThat(compared()).isInstanceOf(Outcome.Done.class);
        run(
                restored,
                "grant usage on schema app to current_user; grant all on app.bill to current_user;"
                        + " set app.customer = 2; delete from app.bill where id = 2;"
                        + " revoke all on app.bill from current_user; revoke usage on schema app from current_user");

        assertThat(reason(compared())).contains("app.bill has 29 rows instead of 30");
    }

    @Test
    void t22_what_nobody_of_the_tenant_can_read_is_a_difference() throws SQLException {
        restoredFromACopyOf("select 1");
        Server.execute(restored.name(), "create table app.foreign_to_it (id int)");

        assertThat(reason(compared())).contains("app.foreign_to_it could not be read: permission denied");
    }

    @Test
    void s01_what_is_said_about_what_cannot_be_read_is_of_bounded_length() throws SQLException {
        restoredFromACopyOf("""
                create table app.loud (said text, number int generated always as (said::int) virtual);
                insert into app.loud values (repeat('x', 900000))
                """);

        assertThat(reason(compared()))
                .contains("app.loud could not be read: invalid input syntax for type integer")
                .hasSizeLessThan(1_000);
    }

    @Test
    void t22_a_column_that_is_called_like_the_row_hides_no_other_column() throws SQLException {
        restoredFromACopyOf("create table app.sly as select 1 as t, 1 as held, 1 as value");
        run(restored, "update app.sly set value = 2");

        assertThat(reason(compared())).contains("app.sly has 1 rows instead of 1, with other values");
    }

    @Test
    void t22_a_cast_that_always_answers_the_same_makes_nothing_equal() throws SQLException {
        restoredFromACopyOf("""
                create table app.cast_away as select 1 as value;
                create function app.same(app.cast_away) returns text language sql immutable as $$ select 'same' $$;
                create cast (app.cast_away as text) with function app.same(app.cast_away) as implicit
                """);
        run(restored, "update app.cast_away set value = 2");

        assertThat(reason(compared())).contains("app.cast_away has 1 rows instead of 1, with other values");
    }

    @Test
    void t22_everything_else_that_holds_something_is_compared() throws SQLException {
        restoredFromACopyOf("""
                create sequence app.numbers;
                create table app.parted (at date) partition by range (at);
                create table app.parted_1 partition of app.parted default;
                insert into app.parted values ('2026-01-01');
                create materialized view app.counted as select count(*) from app.parted;
                select lo_from_bytea(4711, 'before');
                create view app.seen as select 1 as one
                """);
        assertThat(compared()).isInstanceOf(Outcome.Done.class);

        for (var damage : Map.of(
                        "select nextval('app.numbers')", "app.numbers has given 1",
                        "update app.parted set at = '2026-02-02'", "app.parted_1 has 1 rows instead of 1",
                        "refresh materialized view app.counted with no data", "app.counted has not been computed",
                        "select lo_put(4711, 0, 'after ')", "large object 4711 has 6 bytes",
                        "create or replace view app.seen as select 2 as one", "the view app.seen is another one")
                .entrySet()) {
            repairing(damage.getKey(), () -> assertThat(reason(compared())).contains(damage.getValue()));
        }
    }

    /// What is looked at while damage is done.
    private interface Look {
        void check() throws SQLException;
    }

    private void repairing(String damage, Look run) throws SQLException {
        run(restored, damage);
        run.check();
        cloud.removeDatabase(restored);
        done(cloud.restoreSnapshot(tenant, snapshot, restored));
    }

    private void restoredFromACopyOf(String sql) throws SQLException {
        secret(live);
        done(cloud.ensureDatabase(live));
        run(live, sql);
        done(cloud.takeSnapshot(live, snapshot));
        secret(restored);
        done(cloud.restoreSnapshot(tenant, snapshot, restored));
    }

    private Outcome compared() {
        return cloud.compareWithSnapshot(tenant, snapshot, restored);
    }

    private void run(DatabaseSpec in, String sql) throws SQLException {
        try (var inside = inside(in)) {
            TenantDatabase.execute(inside, sql);
        }
    }

    private Connection inside(DatabaseSpec in) throws SQLException {
        return Server.as(cloud.readSecret(in.secret()).orElseThrow().value(), in.name());
    }

    private void secret(DatabaseSpec of) {
        done(cloud.ensureSecret(
                tenant, of.secret(), Map.of("username", of.name(), "password", "p4ssword-" + UUID.randomUUID())));
    }

    private static void done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Failed(var reason) ? reason : outcome.toString();
    }
}
