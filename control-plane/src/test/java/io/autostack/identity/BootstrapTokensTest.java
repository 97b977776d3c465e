package io.autostack.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.shared.Scopes;
import io.autostack.testing.Tokens;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that are handed out before the first start, and what becomes of them when the file changes.
@QuarkusTest
class BootstrapTokensTest {

    private final ApiTokens tokens;
    private final Scopes scopes;
    private final String name = "launcher-" + UUID.randomUUID();

    @TempDir
    Path folder;

    @Inject
    BootstrapTokensTest(ApiTokens tokens, Scopes scopes) {
        this.tokens = tokens;
        this.scopes = scopes;
    }

    @Test
    void m17_another_secret_replaces_the_earlier_one_and_leaves_peoples_namesakes_alone() throws IOException {
        var namesake = Tokens.ask(name, "finance", null)
                .then()
                .statusCode(201)
                .extract()
                .<String>path("token");
        var first = secret();
        var second = secret();

        start(line(first));
        assertThat(tokens.resolve(first)).isPresent();
        start(line(second));

        assertThat(tokens.resolve(first)).isEmpty();
        assertThat(tokens.resolve(second)).hasValueSatisfying(caller -> {
            assertThat(caller.name()).isEqualTo(name);
            assertThat(caller.is(Role.APPLICATION)).isTrue();
        });
        assertThat(tokens.resolve(namesake))
                .hasValueSatisfying(
                        caller -> assertThat(caller.is(Role.FINANCE)).isTrue());
    }

    @Test
    void m17_one_start_after_the_other_leaves_one_token() throws IOException {
        var secret = secret();
        for (int starts = 0; starts < 3; starts++) start("\n" + line(secret) + "\n\n");

        assertThat(scopes.inPlatform(tokens::all).stream()
                        .filter(row -> row.name().equals(name)))
                .singleElement()
                .satisfies(row -> assertThat(row.revokedAt()).isNull());
    }

    @Test
    void replicas_that_start_at_the_same_time_leave_one_token() throws Exception {
        for (int round = 0; round < 5; round++) {
            var secret = secret();
            try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
                var starts = IntStream.range(0, 6)
                        .mapToObj(replica -> replicas.submit(() -> {
                            tokens.ensure(name, Role.APPLICATION, secret);
                            return true;
                        }))
                        .toList();
                for (var start : starts) assertThat(start.get()).isTrue();
            }
            assertThat(tokens.resolve(secret)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAME application", "NAME king ask_SECRET", "NAME application SECRET", "a b c ask_SECRET"})
    void a_line_that_is_none_stops_the_start(String line) {
        assertThatThrownBy(() -> start(line)).hasMessageContaining("NAME ROLE ask_…");
    }

    private String line(String secret) {
        return name + " application " + secret;
    }

    private static String secret() {
        return ApiTokens.PREFIX + UUID.randomUUID();
    }

    private void start(String text) throws IOException {
        var file = Files.writeString(folder.resolve("tokens"), text);
        new BootstrapTokens(tokens, Optional.of(file)).register(new StartupEvent());
    }
}
