package io.autostack.provisioning.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autostack.provisioning.Outcome;
import io.autostack.testing.Server;
import io.autostack.testing.TenantDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same as [BoundedAnswersTest] with a server that encrypts its connections, as one does that is not on this
/// machine.
@QuarkusTest
class EncryptedAnswersTest {

    private static final String PASSWORD = "changeit";

    private final TenantServer server = new TenantServer(
            Server.setting("AUTOSTACK_CLOUD_LOCAL_URL"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_USER"),
            Server.setting("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));

    @TempDir
    Path folder;

    @BeforeEach
    void encrypt() throws Exception {
        var store = folder.resolve("store");
        generate(store);
        var pair = load(store);
        put(
                "test.key",
                pem("PRIVATE KEY", pair.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        put("test.crt", pem("CERTIFICATE", pair.getCertificate("server").getEncoded()));
        configure("set ssl_key_file = 'test.key'", "set ssl_cert_file = 'test.crt'", "set ssl = on");
        Awaitility.await("connections are encrypted").until(() -> isEncrypted("true"));
    }

    @AfterEach
    void stop() throws SQLException {
        configure("reset ssl", "reset ssl_cert_file", "reset ssl_key_file");
        Awaitility.await("connections are as they were").until(() -> isEncrypted("false"));
        server.close();
    }

    @Test
    void s01_an_encrypted_answer_of_any_size_is_cut_off_as_well() throws SQLException {
        for (var question :
                List.of("select repeat('A', 20000000)", "select repeat('A', 1000000) from generate_series(1, 100)"))
            try (var session = server.connect("postgres");
                    var statement = session.createStatement()) {
                var refused = assertThrows(SQLException.class, () -> statement.execute(question));

                assertThat(Refusal.of("The database could not be asked", refused))
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.reason()).contains("which is more than is read"));
            }
    }

    @Test
    void whose_certificate_is_checked_says_the_configured_address_for_every_database() throws Exception {
        assertThat(firstAnswer(checking(folder.resolve("store")))).isEqualTo("1");

        generate(folder.resolve("other"));
        var other = checking(folder.resolve("other"));
        assertThatThrownBy(() -> firstAnswer(other))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SSL error");
    }

    /// @param store of a certificate, the only one that is believed
    private static TenantServer checking(Path store) throws IOException, GeneralSecurityException {
        var believed = Path.of(store + ".crt");
        Files.writeString(
                believed,
                pem("CERTIFICATE", load(store).getCertificate("server").getEncoded()));
        return new TenantServer(
                Server.setting("AUTOSTACK_CLOUD_LOCAL_URL") + "?sslmode=verify-ca&sslrootcert=" + believed,
                Server.setting("AUTOSTACK_CLOUD_LOCAL_USER"),
                Server.setting("AUTOSTACK_CLOUD_LOCAL_PASSWORD"));
    }

    private static String firstAnswer(TenantServer checking) throws SQLException {
        try (var session = checking.connect("postgres")) {
            return TenantDatabase.texts(session, "select '1'").getFirst();
        } finally {
            checking.close();
        }
    }

    private static void generate(Path store) throws IOException, InterruptedException {
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start()
                .waitFor();
        assertThat(made).isZero();
    }

    private boolean isEncrypted(String desired) throws SQLException {
        try (var session = server.connect("postgres")) {
            return TenantDatabase.texts(session, "select ssl::text from pg_stat_ssl where pid = pg_backend_pid()")
                    .contains(desired);
        }
    }

    private static void configure(String... changes) throws SQLException {
        for (var change : changes) Server.execute("postgres", "alter system " + change);
        Server.execute("postgres", "select pg_reload_conf()");
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
    }

    /// Into the server's own folder, as its user, who alone may read it.
    private static void put(String file, String content) throws SQLException {
        var encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.US_ASCII));
        Server.execute("postgres", "copy (select '" + encoded + "') to program 'umask 077; base64 -d > " + file + "'");
    }
}
