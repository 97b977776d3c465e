package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.autostack.local.process.Running;
import io.autostack.local.process.StartFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneTest {

    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void a_control_plane() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        Running.rememberSelf(
                home,
                Run.CONTROL_PLANE,
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_new_token_is_alone_on_its_line() {
        answer = "{\"id\": \"t1\", \"token\": \"ask_é\"}";

        tokens().create("a \"quoted\" name", "sales", null, "90d");

        assertThat(said).containsExactly("ask_é");
        assertThat(asked)
                .containsExactly("POST /api/v1/tokens {\"name\":\"a \\\"quoted\\\""
                        + " name\",\"role\":\"sales\",\"expires\":\"90d\"}");
    }

    @Test
    void tokens_are_listed_with_a_dash_for_what_is_not_known() {
        answer = "{\"items\": [{\"id\": \"t1\", \"name\": \"ci\", \"role\": \"sales\", \"tenant\": null}]}";

        tokens().list();

        assertThat(said.get(1)).matches("t1 +ci +sales +- +- +-");
    }

    @Test
    void a_problem_is_said_by_its_title_and_detail() {
        status = 403;
        answer = "{\"title\": \"Not allowed\", \"detail\": \"only operators may\"}";

        assertThatThrownBy(() -> tokens().revoke("t1"))
                .isInstanceOf(StartFailed.class)
                .hasMessage("Not allowed: only operators may");
    }

    @Test
    void a_failure_that_is_no_json_is_said_by_its_status() {
        status = 502;
        answer = "<html>";

        assertThatThrownBy(() -> tokens().list())
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("answered 502");
    }

    @Test
    void half_an_answer_is_no_answer() {
        answer = "{\"id\": \"1";

        assertThatThrownBy(() -> tokens().list())
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("something else than JSON");
    }

    @Test
    void keys_are_listed_with_what_still_needs_an_old_one() {
        answer = """
            {"keys": [{"id": "k2", "current": true, "there": true, "secrets": 3},
                      {"id": "k1", "current": false, "there": false, "secrets": 2}],
             "left": {"secrets": 2, "answers": 0}}\
            """;

        new Keys(new ControlPlane(home), home.resolve("master.key"), said::add).ls(null);

        assertThat(said.get(1)).matches("k2 +newest +3");
        assertThat(said.get(2)).matches("k1 +MISSING +2");
        assertThat(said.getLast()).startsWith("2 secrets and 0 stored answers still need an old key");
    }

    private Tokens tokens() {
        return new Tokens(new ControlPlane(home), said::add);
    }
}
