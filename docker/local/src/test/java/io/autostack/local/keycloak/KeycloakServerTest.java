package io.autostack.local.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.Command;
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
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakServerTest {

    private static final Path UNPACKED = unpacked();

    /// The one of RFC 7636, appendix B, which belongs to the challenge below.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    @TempDir
    static Path home;

    private static KeycloakServer server;

    @BeforeAll
    static void start() {
        server = KeycloakServer.start(home, new KeycloakServer.Settings(UNPACKED, 0, 8080));
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
            var settings = new KeycloakServer.Settings(UNPACKED, port, 8080);

            assertThatThrownBy(() -> KeycloakServer.start(otherHome, settings))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageContaining("port " + port + " is taken");
        }
    }

    /// Last, because the others go by the port that they began with.
    @Test
    @Order(Integer.MAX_VALUE)
    void the_next_start_ends_an_orphan_and_learns_the_portals_new_port() throws IOException {
        var orphan = server;
        server = KeycloakServer.start(home, new KeycloakServer.Settings(UNPACKED, 0, 9090));
        var request = HttpRequest.newBuilder(URI.create(server.issuer()
                        + "/protocol/openid-connect/auth?client_id=autostack&response_type=code&scope=openid"
                        + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                        + "&redirect_uri=http://localhost:9090/home"))
                .build();

        assertThat(Web.send(request).statusCode() + " " + orphan.running().alive())
                .isEqualTo("200 false");
    }

    @Test
    void most_of_its_classes_come_from_the_archive_of_a_start_before() throws IOException {
        var installed = new Distribution(home.resolve("identity").resolve(UNPACKED.getFileName()));
        var words = installed.java(List.of("-Xshare:auto", "-Xlog:class+load"), List.of("--version"));

        var said = new Command(words, Map.of()).run(Duration.ofMinutes(1));

        assertThat(said.output()).contains("source: shared objects file (top)");
        assertThat(server.running().process().info().commandLine())
                .hasValueSatisfying(line -> assertThat(line).contains("-XX:SharedArchiveFile=" + installed.classes()));
    }

    @Test
    void nothing_of_the_rehearsal_is_left_in_the_prepared_distribution() throws IOException {
        var prepared = UNPACKED.resolveSibling("prepared-" + UNPACKED.getFileName());

        assertThat(List.of("data", "logs", "run")).noneMatch(left -> Files.exists(prepared.resolve(left)));
        assertThat(new Distribution(prepared).classes()).isRegularFile();
        assertThat(new EmptyTables(new Distribution(prepared)).kept()).isRegularFile();
    }

    @Test
    void a_first_start_need_not_make_its_tables() throws IOException {
        assertThat(Files.readString(server.log()))
                .contains("Initializing master realm")
                .doesNotContain("Initializing database schema");
    }

    @Test
    void the_tables_that_starts_share_hold_no_key_and_no_person(@TempDir Path copies) throws IOException {
        var prepared = new Distribution(UNPACKED.resolveSibling("prepared-" + UNPACKED.getFileName()));
        Files.copy(new EmptyTables(prepared).kept(), copies.resolve("keycloakdb.mv.db"));

        for (var table : List.of("REALM", "COMPONENT_CONFIG", "CREDENTIAL", "USER_ENTITY", "CLIENT", "KEYCLOAK_ROLE"))
            assertThat(rows(prepared, copies, table)).as(table).isEqualTo("0");
        assertThat(rows(prepared, copies, "DATABASECHANGELOG")).isNotEqualTo("0");
    }

    private static String rows(Distribution distribution, Path folder, String table) {
        var said = new Command(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        distribution.folder().resolve("lib/lib/main") + "/*",
                        "org.h2.tools.Shell",
                        "-url",
                        "jdbc:h2:file:" + folder.resolve("keycloakdb") + ";IFEXISTS=TRUE;NON_KEYWORDS=VALUE",
                        "-user",
                        "",
                        "-password",
                        "",
                        "-sql",
                        "select count(*) as n from " + table)
                .run(Duration.ofMinutes(1))
                .output();
        assertThat(said).contains("(1 row");
        return said.lines().skip(1).findFirst().orElseThrow().strip();
    }

    @Test
    void a_killed_server_comes_back_at_its_address_with_its_people() throws IOException {
        var killed = server.running();
        assertThat(killed.process().destroyForcibly()).isTrue();
        assertThat(killed.waitForEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(server.alive()).isFalse();

        server.startAgain();

        assertThat(server.running().pid()).isNotEqualTo(killed.pid());
        assertThat(claims("alice", "id_token")).contains("\"email\":\"alice@example.com\"");
    }

    @Test
    void a_program_gets_no_token_for_a_password() throws IOException {
        for (var client : List.of("autostack", "admin-cli", "account-console", "security-admin-console")) {
            var refusal = token("grant_type=password&scope=openid&client_id=" + client + "&client_secret="
                    + server.clientSecret() + "&username=operator&password="
                    + KeycloakServer.passwords(Secrets.in(home)).get("operator"));

            assertThat(refusal).as(client).contains("\"error\"").doesNotContain("access_token");
        }
    }

    @Test
    void an_access_token_says_for_whom_and_by_whom_it_may_be_used() throws IOException {
        assertThat(claims("operator", "access_token")).contains("\"aud\":\"autostack\"", "\"azp\":\"autostack\"");
    }

    private static String claims(String person, String token) throws IOException {
        var answer = token("grant_type=authorization_code&client_id=autostack&client_secret=" + server.clientSecret()
                + "&code_verifier=" + VERIFIER + "&redirect_uri=http://localhost:8080/home&code=" + code(person));
        var start = answer.indexOf("\"" + token + "\":\"");
        assertThat(start).as(answer).isPositive();
        var jwt = answer.substring(start + token.length() + 4, answer.indexOf('"', start + token.length() + 4));
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    /// Signs in by the form, as a person does.
    private static String code(String person) throws IOException {
        var page = Web.send(HttpRequest.newBuilder(URI.create(server.issuer()
                        + "/protocol/openid-connect/auth?client_id=autostack&response_type=code&scope=openid"
                        + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                        + "&redirect_uri=http://localhost:8080/home"))
                .build());
        var form = Pattern.compile("<form[^>]*action=\"([^\"]+)\"").matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        var cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        var signedIn = Web.send(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                .header("Cookie", cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + person + "&password="
                        + KeycloakServer.passwords(Secrets.in(home)).get(person)))
                .build());
        return signedIn.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(signedIn.body()))
                .replaceAll(".*[?&]code=([^&]+).*", "$1");
    }

    private static String token(String form) throws IOException {
        return Web.send(HttpRequest.newBuilder(URI.create(server.issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build())
                .body();
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
