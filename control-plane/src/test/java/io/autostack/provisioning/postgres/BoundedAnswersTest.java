package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autostack.provisioning.Outcome;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a database answers is broken off before it fills our memory, and that is said in words.
@QuarkusTest
class BoundedAnswersTest {

    private final TenantServer server = new TenantServer(
            Server.setting("AUTOSTACK_CLOUD_LOCAL_URL"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_USER"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select repeat('A', 20000000)",
                "select repeat('A', 1000000) from generate_series(1, 100)",
                "select '' from generate_series(1, 2000000)",
                "do $$ begin raise exception '%', repeat('A', 20000000); end $$",
                "do $$ begin perform set_config('client_min_messages', 'notice', false);"
                        + " for i in 1..100 loop raise notice '%', repeat('A', 100000); end loop; end $$"
            })
    void s01_an_answer_of_any_size_is_cut_off_and_said_in_words(String question) throws SQLException {
        try (var session = server.connect("postgres");
                var statement = session.createStatement()) {
            var refused = assertThrows(SQLException.class, () -> statement.execute(question));

            assertThat(Refusal.of("The database could not be asked", refused))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("which is more than is read")
                                    .hasSizeLessThan(200));
        }
    }

    @Test
    void what_is_of_a_usual_size_is_read_to_its_end() throws SQLException {
        try (var session = server.connect("postgres");
                var statement = session.createStatement();
                var rows = statement.executeQuery("select repeat('A', 1000000) from generate_series(1, 20)")) {
            int read = 0;
            while (rows.next()) read += rows.getString(1).length();
            assertThat(read).isEqualTo(20_000_000);
        }
    }
}
