package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.testing.Server;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Whoever holds a connection sees the rows of its own scope, and leaves nothing of it behind, whatever happened.
@QuarkusTest
class ScopesTest extends ScopedRows {

    @Test
    void nobody_who_was_not_told_sees_anything() {
        assertThat(seen()).isEmpty();
        assertThat(QuarkusTransaction.requiringNew().call(this::seen)).isEmpty();
    }

    @Test
    void a_transaction_sees_what_it_was_told_and_nothing_once_it_is_over() {
        assertThat(scopes.inTenant(one, this::seen)).containsExactly(one);

        assertThat(seen()).isEmpty();
    }

    @Test
    void a_scope_within_another_one_is_over_where_it_ends() {
        scopes.inTenant(one, () -> {
            assertThat(seen()).containsExactly(one);
            assertThat(scopes.inPlatform(this::seen)).containsOnly(one, other);
            assertThat(seen()).containsExactly(one);
            assertThat(scopes.inTenant(other, this::seen)).containsExactly(other);
            return assertThat(seen()).containsExactly(one);
        });
    }

    @Test
    void a_scope_within_another_one_is_over_when_it_ends_with_an_exception() {
        scopes.inTenant(one, () -> {
            assertThatThrownBy(() -> scopes.inPlatform(() -> {
                        assertThat(seen()).hasSize(2);
                        throw new IllegalArgumentException("trouble");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            return assertThat(seen()).containsExactly(one);
        });
    }

    @Test
    void a_scope_that_is_told_before_the_connection_comes_holds_for_the_connection() {
        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(scopes.inTenant(one, () -> scopes.inTenant(other, this::seen)))
                    .containsExactly(other);
            assertThat(seen()).isEmpty();
        });
    }

    @Test
    void a_rollback_leaves_nothing() {
        assertThatThrownBy(() -> scopes.inTenant(one, () -> {
                    assertThat(seen()).containsExactly(one);
                    throw new IllegalArgumentException("trouble");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(seen()).isEmpty();
    }

    @Test
    void a_transaction_that_will_be_rolled_back_takes_a_scope_back_all_the_same() {
        var after = new ArrayList<UUID>();
        try {
            scopes.inTenant(one, () -> {
                scopes.inPlatform(() -> {
                    assertThat(seen()).hasSize(2);
                    QuarkusTransaction.setRollbackOnly();
                    return true;
                });
                return after.addAll(seen());
            });
        } catch (RuntimeException _) {
            assertThat(after).isNotEmpty();
        }

        assertThat(after).containsExactly(one);
    }

    @Test
    void a_statement_that_fails_in_a_scope_within_another_one_ends_both() {
        assertThatThrownBy(() -> scopes.inTenant(one, () -> {
                    assertThatThrownBy(() -> scopes.inPlatform(this::fails)).hasRootCauseInstanceOf(SQLException.class);
                    return seen();
                }))
                .hasStackTraceContaining("current transaction is aborted");
    }

    @Test
    void a_transaction_of_its_own_has_the_scope_in_which_it_begins_and_changes_that_of_no_other() {
        scopes.inTenant(one, () -> {
            assertThat(seen()).containsExactly(one);
            var alone = scopes.inTenant(
                    other,
                    () -> QuarkusTransaction.requiringNew()
                            .call(() -> List.of(seen(), scopes.inPlatform(this::seen), seen())));
            assertThat(alone.get(0)).containsExactly(other);
            assertThat(alone.get(1)).hasSize(2);
            assertThat(alone.get(2)).containsExactly(other);
            assertThat(QuarkusTransaction.requiringNew().call(this::seen)).containsExactly(one);
            return assertThat(seen()).containsExactly(one);
        });
    }

    @Test
    void a_request_that_enters_a_scope_has_it_in_and_out_of_transactions() {
        scopes.enter(new Scope.OfTenant(one));
        assertThat(seen()).containsExactly(one);
        assertThat(scopes.together(this::seen)).containsExactly(one);
        assertThat(scopes.inPlatform(this::seen)).hasSize(2);
        assertThat(seen()).containsExactly(one);

        QuarkusTransaction.requiringNew().run(() -> {
            assertThat(seen()).containsExactly(one);
            scopes.enter(new Scope.OfTenant(other));
            assertThat(seen()).containsExactly(other);
        });
        scopes.enter(Scope.NONE);
        assertThat(seen()).isEmpty();
    }

    @Test
    void a_request_that_enters_a_scope_within_another_one_has_it_where_that_ends() {
        QuarkusTransaction.requiringNew().run(() -> {
            scopes.inPlatform(() -> {
                scopes.enter(new Scope.OfTenant(other));
                return assertThat(seen()).hasSize(2);
            });
            assertThat(seen()).containsExactly(other);
        });
    }

    @Test
    void a_connection_outside_of_transactions_takes_its_scope_back_after_a_failure() {
        scopes.enter(new Scope.OfTenant(one));

        assertThatThrownBy(this::fails).hasRootCauseInstanceOf(SQLException.class);
    }

    @Test
    void a_connection_that_died_with_a_scope_comes_to_nobody() throws SQLException {
        scopes.enter(new Scope.OfTenant(one));
        try (var connection = database.getConnection()) {
            Server.execute("postgres", "select pg_terminate_backend(" + pid(connection) + ")");
        }

        assertThat(seen()).containsExactly(one);
    }

    @Test
    void a_connection_that_comes_back_in_the_middle_of_a_transaction_comes_to_nobody() throws SQLException {
        for (var statement : List.of("select 1", "select 1 / 0")) {
            scopes.enter(new Scope.OfTenant(one));
            int pid;
            try (var connection = database.getConnection();
                    var raw = connection.createStatement()) {
                pid = pid(connection);
                raw.execute("begin");
                raw.execute(statement);
            } catch (SQLException _) {
                assertThat(statement).contains("/ 0");
                continue;
            }
            assertIsGone(pid);
        }
    }

    @Test
    void many_at_once_see_their_own_whatever_happens_to_others() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = IntStream.range(0, 64)
                    .mapToObj(seed -> threads.submit(() -> {
                        scenes(Scope.NONE, new Random(seed), 0);
                        return null;
                    }))
                    .toList();
            for (var done : all) done.get();
        }
    }

    /// Scopes within scopes, at random, with failures, rollbacks and transactions of their own in between.
    private void scenes(Scope here, Random random, int depth) {
        for (int scene = 0; scene < 4; scene++) {
            assertSeesOnly(here, seen());
            var next = List.of(Scope.NONE, Scope.PLATFORM, new Scope.OfTenant(one), new Scope.OfTenant(other))
                    .get(random.nextInt(4));
            switch (depth == 3 ? 4 : random.nextInt(6)) {
                case 0 -> scopes.in(next, () -> deeper(next, random, depth));
                case 1 ->
                    scopes.in(next, () -> QuarkusTransaction.requiringNew().call(() -> deeper(next, random, depth)));
                case 2 ->
                    assertThatThrownBy(() -> scopes.in(next, () -> {
                                deeper(next, random, depth);
                                throw new IllegalArgumentException("trouble");
                            }))
                            .isInstanceOf(IllegalArgumentException.class);
                case 3 ->
                    assertThatThrownBy(() -> scopes.in(
                                    next,
                                    () -> QuarkusTransaction.requiringNew().call(this::fails)))
                            .isInstanceOf(RuntimeException.class);
                default -> assertSeesOnly(next, asked(next));
            }
        }
        assertSeesOnly(here, seen());
    }

    private boolean deeper(Scope here, Random random, int depth) {
        scenes(here, random, depth + 1);
        return true;
    }

    private void assertSeesOnly(Scope scope, List<UUID> seen) {
        var expected = switch (scope) {
            case Scope.None() -> Set.of();
            case Scope.OfTenant(var tenant) -> Set.of(tenant);
            case Scope.Platform() -> Set.of(one, other);
        };
        assertThat(new HashSet<Object>(seen)).isEqualTo(expected);
    }

    private boolean fails() {
        try (var connection = database.getConnection();
                var select = connection.createStatement()) {
            return select.execute("select 1 / 0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What connections hold that nobody told anything: as they lie in the pool.
    private static int pid(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void assertIsGone(int pid) {
        Awaitility.await("the session is gone")
                .until(() -> Server.texts("postgres", "select pid from pg_stat_activity where pid = " + pid)
                        .isEmpty());
    }
}
