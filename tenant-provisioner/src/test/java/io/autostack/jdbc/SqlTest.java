package io.autostack.jdbc;

import static io.autostack.jdbc.Sql.inTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.postgres.EmptyDatabases;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmptyDatabases.Extension.class)
class SqlTest {

    private final Connection database;

    SqlTest(EmptyDatabases databases) throws SQLException {
        database = databases.open();
    }

    @BeforeEach
    void made() throws SQLException {
        Sql.execute(database, "create table thing (id uuid, name text, at timestamptz); create index on thing (name)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void values_stand_in_for_question_marks_in_their_order() throws SQLException {
        var id = UUID.randomUUID();
        var at = Instant.parse("2026-11-29T08:00:00Z");

        assertThat(Sql.update(database, "insert into thing (id, name, at) values (?, ?, ?)", id, null, at))
                .isEqualTo(1);

        var read = Sql.of(database, "select id, at from thing where name is null")
                .one(row -> row.getObject(1, UUID.class) + " "
                        + row.getObject(2, OffsetDateTime.class).toInstant());
        assertThat(read).isEqualTo(id + " " + at);
    }

    @Test
    void a_question_mark_without_values_is_an_operator() throws SQLException {
        assertThat(Sql.of(database, "select where '{\"a\":1}'::jsonb ? 'a'").exists())
                .isTrue();
    }

    @Test
    void rows_are_all_or_the_first_or_the_only_one() throws SQLException {
        assertThat(Sql.of(database, "select name from thing").exists()).isFalse();
        assertThat(Sql.of(database, "select name from thing").find(row -> row.getString(1)))
                .isEmpty();
        assertThatThrownBy(() -> Sql.of(database, "select name from thing").one(row -> row.getString(1)))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        none -> assertThat(none.getSQLState()).isEqualTo("24000"));

        Sql.execute(database, "insert into thing (name) values ('a'), ('b')");

        assertThat(Sql.of(database, "select name from thing order by name").texts())
                .containsExactly("a", "b");
        assertThat(Sql.of(database, "select name from thing order by name desc").find(row -> row.getString(1)))
                .hasValue("b");
    }

    @Test
    void any_number_of_rows_comes_some_at_a_time_while_other_statements_are_sent() throws SQLException {
        var read = new ArrayList<Integer>();
        database.setAutoCommit(false);

        Sql.of(database, "select generate_series(1, ?)", 1_000).fetching(10).each(row -> {
            if (row.getRow() % 100 == 0) Sql.execute(database, "insert into thing (name) values ('hundred')");
            read.add(row.getInt(1));
        });

        assertThat(read).hasSize(1_000).endsWith(1_000);
        assertThat(Sql.of(database, "select name from thing").texts()).hasSize(10);
    }

    @Test
    void two_queries_in_one_message_have_their_rows_one_after_the_other() throws SQLException {
        var numbers = Query.list("select generate_series(1, ?)", row -> row.getInt(1), 3);
        var letter = Query.find("select 'b' where ? = 'b'", row -> row.getString(1), "b");

        var answers = Query.run(database, List.of(numbers, letter));

        assertThat(answers.to(numbers)).containsExactly(1, 2, 3);
        assertThat(answers.to(letter)).contains("b");
        assertThat(Sql.of(database, "select 1").exists()).isTrue();
    }

    @Test
    void a_query_of_two_statements_reads_the_rows_of_each_and_may_be_asked_with_others() throws SQLException {
        var both = Query.of(
                "select ?::int; select ?::int",
                results -> {
                    var first = results.next();
                    first.next();
                    int one = first.getInt(1);
                    var second = results.next();
                    second.next();
                    return one + second.getInt(1);
                },
                1,
                2);
        var after = Query.find("select 'after'", row -> row.getString(1)).map(word -> word.map(String::length));

        var answers = Query.run(database, List.of(both, after));

        assertThat(answers.to(both)).isEqualTo(3);
        assertThat(answers.to(after)).contains(5);
        assertThat(both.run(database)).isEqualTo(3);
    }

    @Test
    void a_query_that_was_not_asked_has_no_answer() throws SQLException {
        var asked = Query.find("select 1", row -> row.getInt(1));
        var other = Query.find("select 1", row -> row.getInt(1));

        var answers = Query.run(database, List.of(asked));

        assertThatThrownBy(() -> answers.to(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_does_not_read_is_no_query() {
        var change = Query.find("create temporary table unread (id int)", row -> row.getInt(1));

        assertThatThrownBy(() -> change.run(database)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void one_query_that_fails_takes_the_others_with_it() throws SQLException {
        var sound = Query.find("select 1", row -> row.getInt(1));
        var broken = Query.find("select 1 / ?", row -> row.getInt(1), 0);

        assertThatThrownBy(() -> Query.run(database, List.of(sound, broken))).isInstanceOf(SQLException.class);

        assertThat(sound.run(database)).contains(1);
    }

    @Test
    void many_sets_of_values_are_sent_together() throws SQLException {
        var at = Instant.parse("2026-11-29T08:00:00Z");

        Sql.batch(
                database,
                "insert into thing (name, at) values (?, ?)",
                List.of(new Object[] {"a", at}, new @Nullable Object[] {"b", null}, new Object[] {"c", at}));
        Sql.batch(database, "insert into thing (name, at) values (?, ?)", List.of());

        assertThat(Sql.of(
                                database,
                                "select name || coalesce(' ' || extract(year from at), '') from thing order by name")
                        .texts())
                .containsExactly("a 2026", "b", "c 2026");
    }

    @Test
    void a_set_of_values_that_does_not_fit_is_refused_with_its_state() {
        assertThatThrownBy(() -> Sql.batch(
                        database,
                        "insert into thing (id) values (?::uuid)",
                        List.of(new Object[] {UUID.randomUUID()}, new Object[] {"none"})))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("22P02"));
    }

    @Test
    void what_the_consumer_throws_comes_out_and_the_connection_goes_on() throws SQLException {
        assertThatThrownBy(() -> Sql.of(database, "select 1").each(row -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(Sql.of(database, "select 1").exists()).isTrue();
    }

    @Test
    void changes_that_belong_together_are_made_together_or_not_at_all() throws SQLException {
        assertThatThrownBy(() -> inTransaction(database, () -> {
                    Sql.execute(database, "insert into thing (name) values ('half')");
                    return Sql.update(database, "insert into nowhere values (1)");
                }))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("42P01"));

        assertThat(database.getAutoCommit()).isTrue();
        assertThat(Sql.of(database, "select from thing").exists()).isFalse();
    }

    @Test
    void names_and_texts_within_a_statement_stay_what_they_are() throws SQLException {
        var name = "a\"; drop table thing; --";
        var text = "it's '; drop table thing; --";

        var read = Sql.of(database, "select " + Sql.literal(text) + " as " + Sql.quoted(name))
                .one(row -> row.getMetaData().getColumnName(1) + " " + row.getString(1));
        assertThat(read).isEqualTo(name + " " + text);
    }
}
