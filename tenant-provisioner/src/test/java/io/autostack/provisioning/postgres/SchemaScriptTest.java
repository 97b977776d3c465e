package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.postgres.SchemaScript.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A structure that is written as SQL comes back as it was, and two structures are told apart by their fingerprints.
@ExtendWith(EmptyDatabases.Extension.class)
class SchemaScriptTest {

    private static final String SCHEMA = """
            create schema app;
            create type app.mood as enum ('sad', 'it''s; fine');
            create domain app.positive as int check (value > 0);
            create function app.twice(n int) returns int language sql immutable begin atomic select 2 * n; end;
            create function app.touch() returns trigger language plpgsql as $$ begin new.n := 1; return new; end $$;
            create table app.one (id int generated always as identity primary key, n int default 7 check (n > 0),
                mood app.mood, size app.positive, doubled int generated always as (app.twice(4)) stored);
            create table app.many (id serial, one int references app.one, at date not null) partition by range (at);
            create table app.many_1 partition of app.many default;
            create table app.child () inherits (app.one);
            create index many_at on app.many (at);
            create view app.seen with (security_barrier = true) as select * from app.one where n > 1 with check option;
            create materialized view app.counted as select count(*) as n from app.many;
            create materialized view app.recounted as select n + 1 as n from app.counted;
            create unique index counted_n on app.counted (n);
            create trigger touch before insert on app.one for each row execute function app.touch();
            alter table app.one enable row level security;
            alter table app.one force row level security;
            alter table app.one replica identity full;
            create policy everybody on app.one using (n > 0);
            create rule quiet as on delete to app.seen do instead nothing;
            comment on table app.one is E'back\\\\slash; and\\nline';
            comment on column app.one.n is 'a number';
            revoke execute on function app.twice(int) from public;
            grant select on app.one to public;
            grant update (one) on app.many to public;
            alter default privileges in schema app grant select on tables to public;
            create table app."A ""b;c" ("d e" text default E'\\\\');
            select setval('app.many_id_seq', 41);
            """;

    private final EmptyDatabases databases;

    SchemaScriptTest(EmptyDatabases databases) {
        this.databases = databases;
    }

    @Test
    void a_database_that_is_made_from_the_script_has_the_same_fingerprint() throws Exception {
        try (var original = original();
                var copy = databases.openForScripts()) {
            assertThat(fingerprint(copy)).isNotEqualTo(fingerprint(original));

            for (var part : Part.values()) execute(copy, script(original, part));

            assertThat(Structure.of(copy).differencesTo(Structure.of(original))).isEmpty();
            assertThat(fingerprint(copy)).isEqualTo(fingerprint(original));
        }
    }

    @Test
    void positions_of_sequences_come_back_with_the_second_part() throws Exception {
        try (var original = original();
                var copy = databases.openForScripts()) {
            execute(copy, script(original, Part.BEFORE_THE_ROWS));
            execute(copy, script(original, Part.AFTER_THE_ROWS));

            try (var select = copy.createStatement();
                    var next = select.executeQuery("select nextval('app.many_id_seq')")) {
                next.next();
                assertThat(next.getLong(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void who_asks_is_told_every_statement_and_how_many_there_are() throws Exception {
        try (var original = original()) {
            for (var part : Part.values()) {
                var told = new ArrayList<String>();
                var out = new ByteArrayOutputStream();
                long statements = SchemaScript.write(original, part, out, told::add);

                assertThat(told).hasSize((int) statements + 3);
                assertThat(out.toString(StandardCharsets.UTF_8))
                        .startsWith("-- ")
                        .contains(told)
                        .doesNotContain("autostack");
            }
        }
    }

    @Test
    void what_needs_rows_or_gets_in_their_way_is_in_the_second_part() throws Exception {
        try (var original = original()) {
            var before = script(original, Part.BEFORE_THE_ROWS);
            var after = script(original, Part.AFTER_THE_ROWS);

            assertThat(List.of("create table app.one", "create view app.seen", "attach partition"))
                    .allSatisfy(
                            early -> assertThat(before.toLowerCase(Locale.ROOT)).contains(early));
            assertThat(List.of(
                            "create unique index counted_n", "create trigger touch", "foreign key", "force row level"))
                    .allSatisfy(late -> {
                        assertThat(after.toLowerCase(Locale.ROOT)).contains(late);
                        assertThat(before.toLowerCase(Locale.ROOT)).doesNotContain(late);
                    });
            assertThat(after.indexOf("refresh materialized view app.counted;"))
                    .isPositive()
                    .isLessThan(after.indexOf("refresh materialized view app.recounted;"));
        }
    }

    private Connection original() throws SQLException {
        var original = databases.openForScripts();
        execute(original, SCHEMA + "set search_path = pg_catalog");
        return original;
    }

    private static String script(Connection from, Part part) throws SQLException, IOException {
        var out = new ByteArrayOutputStream();
        SchemaScript.write(from, part, out, statement -> {});
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String fingerprint(Connection database) throws SQLException {
        return Fingerprint.of(database).fingerprint();
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
