package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autostack.jdbc.Sql;
import io.autostack.provisioning.postgres.ScratchDatabases.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What `pg_dump` writes about a tenant's database comes back whole, or is found out; with a server of the
/// client's major version, where Debian's is installed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructureDumpsTest {

    private static final String TENANT = "tenant_01";
    private static final String PASSWORD = "of the tenant";

    private static final String SCHEMA = """
            create schema app;
            create type app.mood as enum ('sad', 'it''s; fine');
            create function app.twice(n int) returns int language sql immutable begin atomic select 2 * n; end;
            create function app.touch() returns trigger language plpgsql as $$ begin new.n := 1; return new; end $$;
            create table app.one (id int generated always as identity primary key, n int default 7 check (n > 0),
                mood app.mood, doubled int generated always as (app.twice(4)) stored);
            create table app.many (id serial, one int references app.one, at date not null) partition by range (at);
            create table app.many_1 partition of app.many default;
            create index on app.many (at);
            create view app.seen with (security_barrier = true) as select * from app.one where n > 1 with check option;
            create materialized view app.counted as select count(*) as n from app.many;
            create unique index on app.counted (n);
            create trigger touch before insert on app.one for each row execute function app.touch();
            alter table app.one enable row level security, force row level security;
            create policy everybody on app.one using (n > 0);
            create rule quiet as on delete to app.seen do instead nothing;
            comment on table app.one is E'back\\\\slash; and\\nline';
            revoke execute on function app.twice(int) from public; grant select on app.one to public;
            create table app."a
            \\! touch /tmp/hacked" ("b;c" text default E'\\\\');
            select lo_from_bytea(4711, 'not a part of the structure');
            """;

    @SuppressWarnings("NullAway.Init")
    private DebianPostgres debian;

    @SuppressWarnings("NullAway.Init")
    private TenantServer server;

    @SuppressWarnings("NullAway.Init")
    private StructureDumps dumps;

    @BeforeAll
    void a_tenant_with_a_schema_of_its_own() throws IOException, SQLException {
        var programs = DebianPostgres.programs();
        assumeTrue(programs.isPresent(), "Debian's PostgreSQL, server and clients, is not installed here");
        debian = DebianPostgres.start(programs.get());
        server = new TenantServer(debian.url("postgres"), "postgres", DebianPostgres.PASSWORD);
        dumps = dumps(programs.get().resolve("pg_dump").toString());
        try (var admin = server.connect()) {
            execute(admin, "create role " + TENANT + " login password '" + PASSWORD + "'");
            execute(admin, "create database " + TENANT + " owner " + TENANT);
        }
        try (var inside =
                DriverManager.getConnection(debian.url(TENANT) + "?preferQueryMode=simple", TENANT, PASSWORD)) {
            execute(inside, SCHEMA);
        }
    }

    @AfterAll
    void end() throws IOException {
        if (server != null) server.close();
        if (debian != null) debian.close();
    }

    @Test
    void t35_what_it_wrote_comes_back_whole_and_has_nothing_for_psql_in_it() throws SQLException, IOException {
        try (var inside = asTenant();
                var written = dumps.written(server, TENANT, begun(inside))) {
            assertThat(StructureDumps.obstacle(written, trial("scratch_1"), inside))
                    .isEmpty();

            var before = text(written, inside, SchemaScript.Part.BEFORE_THE_ROWS);
            var after = text(written, inside, SchemaScript.Part.AFTER_THE_ROWS);
            assertThat(before).contains("CREATE TABLE app.one").doesNotContain("lo_create", "\\restrict", "autostack");
            assertThat(after).contains("revoke all on routine app.twice(integer) from public;");
            assertThat(before + after).doesNotContain("4711", TENANT);
        }
    }

    @Test
    void t35_it_shows_the_moment_that_the_rows_are_read_at() throws SQLException, IOException {
        try (var inside = asTenant();
                var other = asTenant()) {
            var snapshot = begun(inside);
            execute(other, "create table app.later (id int)");
            try (var written = dumps.written(server, TENANT, snapshot)) {
                assertThat(text(written, inside, SchemaScript.Part.BEFORE_THE_ROWS))
                        .doesNotContain("app.later");
            } finally {
                execute(other, "drop table app.later");
            }
        }
    }

    @Test
    void t33_what_does_not_come_back_elsewhere_is_found_out() throws SQLException, IOException {
        isFoundOut(
                "create policy mine on app.one to current_user using (n > 1)",
                "drop policy mine on app.one",
                "mine on app.one is another one");
        isFoundOut(
                "create materialized view app.hidden as select n from app.one with no data;"
                        + " alter table app.one no force row level security; refresh materialized view app.hidden;"
                        + " alter table app.one force row level security",
                "drop materialized view app.hidden",
                "query would be affected by row-level security policy");
    }

    private void isFoundOut(String change, String back, String reason) throws SQLException, IOException {
        try (var other = asTenant()) {
            for (var statement : change.split("; ")) execute(other, statement);
            try (var inside = asTenant();
                    var written = dumps.written(server, TENANT, begun(inside))) {
                assertThat(StructureDumps.obstacle(
                                written,
                                trial("scratch_of_" + back.substring(5, 11).strip()),
                                inside))
                        .hasValueSatisfying(why -> assertThat(why).contains(reason));
            } finally {
                execute(other, back);
            }
        }
    }

    @Test
    void t35_a_table_that_somebody_keeps_locked_is_not_waited_for() throws SQLException {
        try (var inside = asTenant();
                var other = asTenant()) {
            other.setAutoCommit(false);
            execute(other, "lock table app.one in access exclusive mode");
            var snapshot = begun(inside);

            assertThatThrownBy(() -> dumps.written(server, TENANT, snapshot))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("(?is).*lock.*");
            other.rollback();
        }
    }

    @Test
    void no_login_is_left_of_it() throws SQLException, IOException {
        try (var inside = asTenant()) {
            dumps.written(server, TENANT, begun(inside)).close();
            try (var admin = server.connect()) {
                assertThat(Sql.of(admin, "select from pg_roles where starts_with(rolname, ?)", TenantSessions.PREFIX)
                                .exists())
                        .isFalse();
            }
        }
    }

    private static final FreeSpace PLENTY = new FreeSpace() {
        @Override
        public Optional<String> obstacleToCopy(TenantServer server, String database) {
            return Optional.empty();
        }

        @Override
        public Optional<String> obstacleToGoOn(TenantServer server) {
            return Optional.empty();
        }
    };

    private StructureDumps dumps(String program) {
        return new StructureDumps(new TenantSessions(), PLENTY, program);
    }

    private Connection asTenant() throws SQLException {
        var inside = DriverManager.getConnection(debian.url(TENANT), TENANT, PASSWORD);
        execute(inside, "set search_path = pg_catalog");
        return inside;
    }

    private static String begun(Connection inside) throws SQLException {
        inside.setAutoCommit(false);
        execute(inside, "set transaction isolation level repeatable read");
        try (var select = inside.createStatement();
                var row = select.executeQuery("select pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    private Trial trial(String name) throws SQLException {
        try (var admin = server.connect()) {
            execute(admin, "create role " + name + " login password '" + PASSWORD + "'");
            execute(admin, "create database " + name + " template template0");
            execute(admin, "grant create on database " + name + " to " + name);
        }
        var session = DriverManager.getConnection(debian.url(name) + "?preferQueryMode=simple", name, PASSWORD);
        return Trial.in(new Scratch(server, name, session), Duration.ofMinutes(1), Optional::empty);
    }

    private static String text(StructureScript script, Connection inside, SchemaScript.Part part)
            throws SQLException, IOException {
        var text = new ByteArrayOutputStream();
        script.write(inside, part, text, statement -> {});
        return text.toString(StandardCharsets.UTF_8);
    }

    private static void execute(Connection in, String sql) throws SQLException {
        Sql.execute(in, sql);
    }
}
