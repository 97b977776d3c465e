package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.StartFailed;
import io.autostack.local.secrets.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositionTest {

    @TempDir
    Path root;

    private Composition composition;

    @BeforeEach
    void write_secrets() {
        composition = new Composition(root, Map.of("AUTOSTACK_PORT", "9090", "AUTOSTACK_URL", "http://portal:8080"));
        composition.writeSecrets();
    }

    @Test
    void a_second_start_finds_the_same_secrets() throws IOException {
        var first = everything();
        composition.writeSecrets();
        assertThat(everything()).isEqualTo(first);
    }

    @Test
    void keys_that_were_rotated_meanwhile_stay() {
        var file = new KeyFile(root.resolve("control-plane/master.key"));
        file.addNewest();
        composition.writeSecrets();
        assertThat(file.keys()).isEqualTo(2);
    }

    @Test
    void the_control_plane_alone_reads_its_own() throws IOException {
        for (var name : new String[] {"application.properties", "bootstrap-tokens"})
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            root.resolve("control-plane").resolve(name))))
                    .isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(root.resolve("control-plane/master.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void the_application_holds_the_token_that_is_registered_for_it() throws IOException {
        var token = Files.readString(root.resolve("reference-app/token")).strip();
        assertThat(root.resolve("control-plane/bootstrap-tokens"))
                .content()
                .contains("reference-app application " + token);
    }

    @Test
    void the_realm_knows_where_people_and_where_programs_find_the_portal() {
        assertThat(root.resolve("keycloak/autostack-realm.json"))
                .content()
                .contains("\"http://localhost:9090/*\"", "\"http://portal:8080/sign-out/by-provider\"")
                .doesNotContain("${");
    }

    @Test
    void a_database_server_must_be_named() {
        assertThatThrownBy(composition::prepareDatabase)
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("AUTOSTACK_DB_SERVER");
    }

    private Map<Path, String> everything() throws IOException {
        var content = new TreeMap<Path, String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) content.put(file, Files.readString(file));
        }
        return content;
    }
}
