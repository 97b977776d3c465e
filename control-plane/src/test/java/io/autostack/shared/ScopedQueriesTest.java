package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.jdbc.Query;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Who asks in a scope sees its rows, however much is asked at once and however often, and leaves nothing behind.
@QuarkusTest
class ScopedQueriesTest extends ScopedRows {

    @Test
    void a_question_is_asked_in_its_scope_alone() {
        assertThat(asked(new Scope.OfTenant(one))).containsExactly(one);
        assertThat(asked(Scope.PLATFORM)).hasSize(2);
        assertThat(asked(Scope.NONE)).isEmpty();
        assertThat(seen()).isEmpty();
    }

    @Test
    void a_question_within_a_transaction_leaves_the_transaction_its_scope() {
        scopes.inTenant(one, () -> {
            assertThat(asked(Scope.PLATFORM)).hasSize(2);
            assertThat(seen()).containsExactly(one);
            assertThat(asked(new Scope.OfTenant(other))).containsExactly(other);
            return assertThat(seen()).containsExactly(one);
        });
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(asked(new Scope.OfTenant(other))).containsExactly(other);
            assertThat(seen()).isEmpty();
        });
    }

    @Test
    void a_question_leaves_the_request_its_scope() {
        scopes.enter(new Scope.OfTenant(one));

        assertThat(asked(Scope.PLATFORM)).hasSize(2);
        assertThat(seen()).containsExactly(one);
    }

    @Test
    void a_question_that_fails_leaves_nothing() {
        for (int again = 0; again < MANY; again++)
            assertThatThrownBy(() -> scopes.ask(Scope.PLATFORM, Query.find("select 1 / ?", row -> row.getInt(1), 0)))
                    .hasRootCauseInstanceOf(SQLException.class);

        assertThat(seen()).isEmpty();
    }

    @Test
    void a_question_whose_answer_cannot_be_read_leaves_nothing() {
        var unreadable = Query.find(
                SEEN,
                row -> {
                    throw new IllegalArgumentException("trouble");
                },
                email);

        assertThatThrownBy(() -> scopes.ask(Scope.PLATFORM, unreadable)).isInstanceOf(IllegalArgumentException.class);

        assertThat(seen()).isEmpty();
    }

    @Test
    void several_queries_at_once_see_the_present_scope_and_leave_it() {
        var first = Query.list(SEEN, row -> row.getObject(1, UUID.class), email);
        var second = Query.find(SEEN, row -> row.getObject(1, UUID.class), email);

        assertThat(scopes.ask(first, second).to(first)).isEmpty();

        scopes.enter(new Scope.OfTenant(other));
        var answers = scopes.ask(first, second);
        assertThat(answers.to(first)).containsExactly(other);
        assertThat(answers.to(second)).contains(other);
        assertThat(seen()).containsExactly(other);
    }

    @Test
    void a_query_is_asked_in_its_scope_however_often_and_with_values_of_every_type() {
        scopes.enter(new Scope.OfTenant(other));
        var values = Query.list(
                SEEN + " and ? < now() and ? > 0 and ? is not null and ?::text = 'word'",
                row -> row.getObject(1, UUID.class),
                email,
                Instant.EPOCH,
                1,
                other,
                "word");

        for (int again = 0; again < MANY; again++)
            assertThat(scopes.ask(values).to(values)).containsExactly(other);
    }

    @Test
    void a_message_that_falls_apart_is_no_answer() {
        scopes.enter(new Scope.OfTenant(other));
        var untyped = Query.list(
                "select email from identity.membership where email = ? and ? < now()",
                row -> row.getString(1),
                email,
                Timestamp.from(Instant.EPOCH));

        assertThatThrownBy(() -> {
                    for (int again = 0; again < MANY; again++) scopes.ask(untyped);
                })
                .hasMessageStartingWith("not all was asked in");
        assertThat(seen()).containsExactly(other);
    }

    @Test
    void several_queries_inside_of_a_transaction_see_its_scope_and_leave_it() {
        var seen = Query.list(SEEN, row -> row.getObject(1, UUID.class), email);

        scopes.inTenant(one, () -> {
            assertThat(scopes.ask(seen).to(seen)).containsExactly(one);
            assertThat(asked(Scope.PLATFORM)).hasSize(2);
            assertThat(scopes.ask(seen).to(seen)).containsExactly(one);
            return true;
        });
    }
}
