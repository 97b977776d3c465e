package io.autostack.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autostack.local.secrets.KeyFile;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.testing.Callers;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Secrets at rest: sealed under keys of their own, which are wrapped by the installation's key of the day.
@QuarkusTest
class SealingTest {

    private static final Path FILE = Path.of(Server.setting("AUTOSTACK_SECRETS_KEY_FILE"));

    private final Cloud cloud;
    private final UUID tenant = UUID.randomUUID();
    private final String name = "tenants/" + tenant + "/database";

    @Inject
    SealingTest(Cloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void a_row_holds_neither_the_value_nor_the_key_it_is_sealed_with() throws SQLException {
        secret("open sesame");

        try (var admin = Server.asSuperuser("autostack");
                var select = admin.createStatement();
                var row = select.executeQuery(
                        "select wrapped_key, sealed, stage from provisioning.secret where name = '" + name + "'")) {
            row.next();
            assertThat(row.getBytes("wrapped_key")).hasSize(12 + 32 + 16);
            assertThat(new String(row.getBytes("sealed"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("open sesame");
            assertThat(row.getString("stage")).isEqualTo("current");
        }
    }

    @Test
    void a_row_that_was_moved_to_another_name_or_tenant_cannot_be_opened() throws SQLException {
        secret("mine");
        try {
            for (var change : List.of(
                    "name = '" + name + "/stolen'",
                    "name = '" + name + "', tenant_id = gen_random_uuid()",
                    "tenant_id = '" + tenant + "', version = 2",
                    "version = 1, sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)",
                    "sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1),"
                            + " wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)")) {
                update("update provisioning.secret set " + change + " where name like '" + name + "%'");
                var read = change.contains("stolen") ? name + "/stolen" : name;
                assertThatThrownBy(() -> cloud.readSecret(read))
                        .as(change)
                        .hasMessageContaining("cannot be opened; was its row changed or moved?");
            }
            update(
                    "update provisioning.secret set wrapped_key = set_byte(wrapped_key, 20, get_byte(wrapped_key, 20) # 1)"
                            + " where name = '" + name + "'");
            assertThat(value()).isEqualTo("mine");
        } finally {
            update("delete from provisioning.secret where name like '" + name + "%'");
        }
    }

    @Test
    void a_row_of_before_is_read_and_gets_a_key_of_its_own() throws Exception {
        secret("irrelevant");
        sealDirectly("from before");
        assertThat(value()).isEqualTo("from before");

        rewrapAll();

        assertThat(count("wrapped_key is null and name = '" + name + "'")).isZero();
        assertThat(value()).isEqualTo("from before");
    }

    @Test
    void a_new_key_takes_over_without_a_restart_and_the_old_one_may_go_when_nothing_needs_it() throws Exception {
        secret("kept");
        var token = Tokens.create("operator", null);
        var old = current();

        new KeyFile(FILE).addNewest();
        var second = "tenants/" + UUID.randomUUID() + "/database";
        cloud.ensureSecret(tenant, second, Map.of("password", "new"));

        assertThat(value()).isEqualTo("kept");
        assertThat(current()).isNotEqualTo(old);
        assertThat(count("name = '" + second + "' and key_id = '" + current() + "'"))
                .isEqualTo(1);
        assertThat(cloud.sealingKeys())
                .filteredOn(key -> key.id().equals(old))
                .allSatisfy(key -> assertThat(key.there()).isTrue());

        rewrapAll();
        Callers.operator().get("/api/v1/keys").then().statusCode(200).body("left.secrets", is(0));
        new KeyFile(FILE).keepNewest();

        assertThat(value()).isEqualTo("kept");
        assertThat(new KeyFile(FILE).keys()).isEqualTo(1);
        assertThat(cloud.sealingKeys()).extracting(SealingKey::id).doesNotContain(old);
        Callers.bearer(token.secret()).get("/api/v1/tenants").then().statusCode(200);
        Callers.application().get("/api/v1/routes/nobody.localhost").then().statusCode(404);
    }

    @Test
    void a_key_that_was_removed_too_early_is_asked_for_by_its_id() throws Exception {
        secret("locked in");
        var old = current();
        new KeyFile(FILE).addNewest();
        var both = Files.readString(FILE);
        try {
            new KeyFile(FILE).keepNewest();
            cloud.sealingKeys();

            assertThatThrownBy(() -> cloud.readSecret(name))
                    .hasMessageContaining("sealed under the key " + old)
                    .hasMessageContaining("Put that key back");
            assertThat(cloud.sealingKeys()).anyMatch(key -> key.id().equals(old) && !key.there() && key.secrets() > 0);
        } finally {
            Files.writeString(FILE, both);
        }
        assertThat(value()).isEqualTo("locked in");
        rewrapAll();
        new KeyFile(FILE).keepNewest();
        assertThat(value()).isEqualTo("locked in");
    }

    @Test
    void keys_are_the_operators_business() {
        Problems.problem(Callers.alice().get("/api/v1/keys"), 403, "not-allowed");
        Problems.problem(Callers.alice().post("/api/v1/keys/rewrap"), 403, "not-allowed");
        Callers.operator()
                .get("/api/v1/keys")
                .then()
                .statusCode(200)
                .body("keys.id", hasItem(current()))
                .body("keys[0].current", is(true));
    }

    private void secret(String password) {
        assertThat(cloud.ensureSecret(tenant, name, Map.of("password", password)))
                .isInstanceOf(Outcome.Done.class);
    }

    private String value() {
        return cloud.readSecret(name).orElseThrow().value().getOrDefault("password", "");
    }

    private String current() {
        return cloud.sealingKeys().stream()
                .filter(SealingKey::current)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void rewrapAll() {
        int some = 1;
        while (some > 0)
            some = Callers.operator()
                    .post("/api/v1/keys/rewrap")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("rewrapped");
    }

    /// As the first version of AutoStack did.
    private void sealDirectly(String password) throws Exception {
        var master = Base64.getDecoder()
                .decode(Files.readAllLines(FILE).stream()
                        .filter(line -> !line.startsWith("#"))
                        .findFirst()
                        .orElseThrow());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(master, "HmacSHA256"));
        var key = new SecretKeySpec(mac.doFinal("secret-store".getBytes(StandardCharsets.UTF_8)), "AES");
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD((name + "\n1").getBytes(StandardCharsets.UTF_8));
        var sealed = cipher.doFinal(("{\"password\":\"" + password + "\"}").getBytes(StandardCharsets.UTF_8));
        try (var admin = Server.asSuperuser("autostack");
                var update = admin.prepareStatement(
                        "update provisioning.secret set wrapped_key = null, sealed = ?, key_id = ? where name = ?")) {
            var row = new byte[12 + sealed.length];
            System.arraycopy(sealed, 0, row, 12, sealed.length);
            update.setBytes(1, row);
            update.setString(2, current());
            update.setString(3, name);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static void update(String sql) throws SQLException {
        try (var admin = Server.asSuperuser("autostack");
                var statement = admin.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static long count(String where) throws SQLException {
        try (var admin = Server.asSuperuser("autostack");
                var select = admin.createStatement();
                var row = select.executeQuery("select count(*) from provisioning.secret where " + where)) {
            row.next();
            return row.getLong(1);
        }
    }
}
