package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same number for the same structure, another one for any other, whatever rows there are.
@ExtendWith(EmptyDatabases.Extension.class)
class FingerprintTest {

    private static final String TABLES = """
            create schema app;
            create table app.one (id int primary key, n int default 7 not null);
            create table app.two (id int, one int references app.one);
            create view app.seen as select id from app.one;
            """;

    private final EmptyDatabases databases;

    FingerprintTest(EmptyDatabases databases) {
        this.databases = databases;
    }

    @Test
    void it_says_by_which_definition_it_was_made_and_that_nothing_was_migrated() throws SQLException {
        try (var database = databases.open()) {
            var found = Fingerprint.of(database);

            assertThat(found.version()).isEqualTo("0");
            assertThat(found.fingerprint()).matches("2:[0-9a-f]{64}");
            assertThat(Fingerprint.of(database)).isEqualTo(found);
        }
    }

    @Test
    void what_came_in_another_order_is_the_same() throws SQLException {
        try (var one = databases.open();
                var other = databases.open()) {
            execute(one, TABLES);
            execute(other, "create schema app; create table app.two (id int, one int);");
            execute(other, "create table app.one (id int, n int); create view app.seen as select id from app.one;");
            execute(other, "alter table app.one alter n set not null, alter n set default 7, add primary key (id);");
            execute(other, "alter table app.two add foreign key (one) references app.one;");

            assertThat(fingerprint(other)).isEqualTo(fingerprint(one));
        }
    }

    @Test
    void rows_statistics_and_settings_of_a_session_say_nothing_about_the_structure() throws SQLException {
        try (var database = databases.open()) {
            execute(database, TABLES);
            var before = fingerprint(database);
            execute(
                    database,
                    "insert into app.one values (1), (2); analyze; set search_path = app; set lc_messages = 'C'");

            assertThat(fingerprint(database)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table app.one alter n set default 8",
                "alter table app.one alter n drop not null",
                "alter table app.one alter n type bigint",
                "alter table app.one add o int",
                "alter table app.one rename n to m",
                "alter table app.one add check (n > 0)",
                "alter table app.two drop constraint two_one_fkey",
                "create index one_n on app.one (n)",
                "create or replace view app.seen as select id from app.one where n > 1",
                "create schema other",
                "create sequence app.counter",
                "create function app.f() returns int language sql return 1",
                "create type app.mood as enum ('sad')",
                "alter table app.one enable row level security",
                "create policy p on app.one using (true)",
                "grant select on app.one to public",
                "comment on table app.one is 'changed'"
            })
    void whatever_is_changed_gives_another_number(String change) throws SQLException {
        try (var database = databases.open()) {
            execute(database, TABLES);
            var before = fingerprint(database);
            execute(database, change);

            assertThat(fingerprint(database)).isNotEqualTo(before);
        }
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
