package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.postgres.Contents.Part;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmptyDatabases.Extension.class)
class ContentsTest {

    private static final String TABLES = """
            create schema app;
            create table app.one (id int, text text);
            create table app.hidden (id int);
            alter table app.hidden enable row level security;
            alter table app.hidden force row level security;
            create sequence app.counter;
            create materialized view app.summed as select count(*) from app.one;
            """;

    private final EmptyDatabases databases;

    ContentsTest(EmptyDatabases databases) {
        this.databases = databases;
    }

    @Test
    void s01_however_many_things_a_tenant_makes_a_bounded_number_is_held_and_all_are_compared() {
        var before = objects(70_000, "1 bytes");
        var same = objects(70_000, "1 bytes");
        var other = objects(70_000, "1 bytes");
        Contents.add(before, "app.last", new Part.Rows(3, BigInteger.ONE));
        Contents.add(same, "app.last", new Part.Rows(3, BigInteger.ONE));
        Contents.add(other, "app.last", new Part.Rows(3, BigInteger.TWO));

        assertThat(before).hasSize(50_001).isEqualTo(same).isNotEqualTo(other);
        assertThat(before.values().stream().filter(Part.Rows.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.Rows.class, further -> assertThat(further.rows()).isEqualTo(3));
    }

    @Test
    void t22_one_of_many_that_cannot_be_read_makes_all_of_them_unread() {
        var parts = objects(50_001, "1 bytes");
        Contents.add(parts, "app.hidden", new Part.Unread("permission denied"));
        Contents.add(parts, "app.last", new Part.Value("given 1"));

        assertThat(parts).containsValue(new Part.Unread("permission denied"));
    }

    @Test
    void the_same_rows_in_another_order_are_the_same_contents() throws SQLException {
        try (var one = databases.open();
                var other = databases.open()) {
            execute(one, TABLES + "insert into app.one values (1, 'a'), (2, 'b'), (2, 'b')");
            execute(other, TABLES + "insert into app.one values (2, 'b'), (1, 'a'), (2, 'b')");

            var contents = Contents.of(one);
            assertThat(contents.differencesTo(Contents.of(other))).isEmpty();
            assertThat(contents.rows()).isEqualTo(3);
            assertThat(contents.tables()).containsExactlyInAnyOrder("app.one", "app.hidden");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            insert into app.one values (3, 'c')                   | app.one has 2 rows instead of 1
            update app.one set text = 'b'                         | app.one has 1 rows instead of 1, with other values
            insert into app.hidden values (1)                     | app.hidden has 1 rows instead of 0
            select nextval('app.counter')                         | app.counter has given 1 instead of reached 1
            drop table app.hidden                                 | app.hidden has gone instead of 0 rows
            select lo_from_bytea(7, 'x')                          | large object 7 has 1 bytes of SHA-256
            refresh materialized view app.summed with no data     | app.summed has not been computed instead of been
            create index on app.one (id)                          | the
            """)
    void whatever_differs_is_said(String change, String said) throws SQLException {
        try (var one = databases.open();
                var other = databases.open()) {
            for (var database : List.of(one, other)) execute(database, TABLES + "insert into app.one values (1, 'a')");
            execute(other, change);

            assertThat(Contents.of(other).differencesTo(Contents.of(one)))
                    .isNotEmpty()
                    .anySatisfy(difference -> assertThat(difference).startsWith(said));
        }
    }

    @Test
    void a_few_differences_are_said_and_the_others_counted() throws SQLException {
        try (var one = databases.open();
                var other = databases.open()) {
            execute(one, "create table a (); create table b (); create table c ();");
            var empty = Contents.of(other);
            var full = Contents.of(one);

            var all = full.allDifferencesTo(empty);
            assertThat(all).hasSizeGreaterThan(3);
            assertThat(full.differencesTo(empty))
                    .hasSize(4)
                    .startsWith(all.get(0), all.get(1), all.get(2))
                    .endsWith("and " + (all.size() - 3) + " more");
        }
    }

    @Test
    void reading_leaves_no_trace() throws SQLException {
        try (var database = databases.open()) {
            execute(database, TABLES);
            var before = Structure.fingerprint(database);

            Contents.of(database);

            assertThat(Structure.fingerprint(database)).isEqualTo(before);
            assertThat(database.getAutoCommit()).isTrue();
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SortedMap<String, Part> objects(int number, String text) {
        var parts = new TreeMap<String, Part>();
        for (int i = 0; i < number; i++) Contents.add(parts, "large object " + i, new Part.Value(text));
        return parts;
    }
}
