package io.autostack.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.Ports;
import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.Secrets;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeycloakServerTest {

    private static final Path UNPACKED = unpacked();

    @TempDir
    static Path home;

    private static KeycloakServer server;

    @BeforeAll
    static void start() {
        server = KeycloakServer.start(home, new KeycloakServer.Settings(UNPACKED, 0, 8080, true));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void it_calls_itself_by_the_address_people_use() throws IOException {
        assertThat(get(server.issuer() + "/.well-known/openid-configuration"))
                .contains("\"issuer\":\"" + server.issuer() + "\"");
    }

    @Test
    void an_operator_finds_the_role_in_a_flat_claim_of_the_id_token() throws IOException {
        assertThat(claims("operator", "id_token")).contains("\"roles\":[\"operator\"]");
    }

    @Test
    void an_operator_finds_the_role_in_a_flat_claim_of_the_access_token() throws IOException {
        assertThat(claims("operator", "access_token")).contains("\"roles\":[\"operator\"]");
    }

    @Test
    void alice_has_a_verified_address_and_no_role() throws IOException {
        assertThat(claims("alice", "id_token"))
                .contains("\"email\":\"alice@example.com\"", "\"email_verified\":true")
                .doesNotContain("operator", "finance", "author", "sales");
    }

    @Test
    void an_authorisation_request_without_pkce_is_refused() throws IOException {
        var request = HttpRequest.newBuilder(URI.create(server.issuer()
                        + "/protocol/openid-connect/auth?client_id=autostack&response_type=code&scope=openid"
                        + "&redirect_uri=http://localhost:8080/home"))
                .build();

        assertThat(Web.send(request).headers().firstValue("Location").orElse(""))
                .contains("error=invalid_request", "code_challenge_method");
    }

    @Test
    void nobody_is_sent_to_a_foreign_address() throws IOException {
        var request = HttpRequest.newBuilder(URI.create(server.issuer()
                        + "/protocol/openid-connect/auth?client_id=autostack&response_type=code&scope=openid"
                        + "&redirect_uri=http://localhost:9999/home"))
                .build();

        assertThat(Web.send(request).statusCode()).isEqualTo(400);
    }

    @Test
    void the_file_with_the_passwords_is_gone_once_it_was_read() throws IOException {
        try (var files = Files.walk(home.resolve("identity"))) {
            assertThat(files).noneMatch(file -> file.endsWith("autostack-realm.json"));
        }
    }

    @Test
    void a_taken_port_is_named(@TempDir Path otherHome) throws IOException {
        try (var squatter = new ServerSocket(Ports.free())) {
            int port = squatter.getLocalPort();
            var settings = new KeycloakServer.Settings(UNPACKED, port, 8080, false);

            assertThatThrownBy(() -> KeycloakServer.start(otherHome, settings))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining("port " + port + " is taken");
        }
    }

    @Test
    void the_next_start_ends_an_orphan_and_learns_the_portals_new_port(@TempDir Path otherHome) throws IOException {
        var first = KeycloakServer.start(otherHome, new KeycloakServer.Settings(UNPACKED, 0, 8080, false));
        try (var second = KeycloakServer.start(otherHome, new KeycloakServer.Settings(UNPACKED, 0, 9090, false))) {
            var request = HttpRequest.newBuilder(URI.create(second.issuer()
                            + "/protocol/openid-connect/auth?client_id=autostack&response_type=code&scope=openid"
                            + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                            + "&redirect_uri=http://localhost:9090/home"))
                    .build();

            assertThat(Web.send(request).statusCode() + " " + first.running().alive())
                    .isEqualTo("200 false");
        }
    }

    private static String claims(String person, String token) throws IOException {
        var secrets = Secrets.in(home);
        var form = "grant_type=password&scope=openid&client_id=autostack&client_secret=" + server.clientSecret()
                + "&username=" + person + "&password="
                + KeycloakServer.passwords(secrets).get(person);
        var request = HttpRequest.newBuilder(URI.create(server.issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var answer = Web.send(request).body();
        var start = answer.indexOf("\"" + token + "\":\"");
        assertThat(start).as(answer).isPositive();
        var jwt = answer.substring(start + token.length() + 4, answer.indexOf('"', start + token.length() + 4));
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    private static String get(String address) throws IOException {
        return Web.send(HttpRequest.newBuilder(URI.create(address)).build()).body();
    }

    private static Path unpacked() {
        try (var found = Files.newDirectoryStream(Path.of("target/keycloak"), "keycloak-*")) {
            return found.iterator().next().toAbsolutePath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
