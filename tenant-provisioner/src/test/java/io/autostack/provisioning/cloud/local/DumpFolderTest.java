package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.postgres.Login;
import io.autostack.provisioning.postgres.TenantServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files of snapshots whose program fails, or whose names are meant to do harm.
@Timeout(60)
class DumpFolderTest {

    private static final Login LOGIN = new Login("reader", "password");

    private final UUID tenant = UUID.randomUUID();
    private final TenantServer server = new TenantServer("jdbc:postgresql://127.0.0.1:5999/postgres", "nobody", "none");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    void a_file_that_was_begun_goes_when_it_fails_and_before_the_next_one() throws IOException {
        var files = new DumpFiles(
                program("for o; do case $o in --file=*) echo half >\"${o#--file=}\";; esac; done; exit 1"), home);
        var place = Files.createDirectories(home.resolve("backups").resolve(tenant.toString()));
        Files.writeString(place.resolve("snapshot_cut_off.half"), "half of another one");

        assertThatThrownBy(() -> files.write(server, tenant, "snapshot_01", LOGIN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pg_dump failed");

        assertThat(files.names(tenant)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
    }

    @Test
    void what_is_no_name_of_a_snapshot_reaches_no_command_line_and_no_path() throws IOException {
        var files = new DumpFiles(program("touch " + home.resolve("ran")), home);
        for (var name : List.of("--file=/tmp/x", "host=evil", "postgresql://evil", "../../x", "a b", "", "a\n"))
            assertThatThrownBy(() -> files.write(server, tenant, name, LOGIN))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        assertThat(home.resolve("ran")).doesNotExist();

        var outside = Files.writeString(home.resolve("other"), "not a dump");
        files.removeFile(tenant, "../../other");
        assertThat(outside).exists();
    }

    @Test
    void files_of_a_tenant_are_found_and_removed_by_its_id_alone() throws IOException {
        var files = new DumpFiles("pg_dump", home);
        var place = Files.createDirectories(home.resolve("backups").resolve(tenant.toString()));
        Files.writeString(place.resolve("snapshot_01.dump"), "whole");
        Files.writeString(place.resolve("snapshot_02.half"), "half");

        assertThat(files.names(tenant)).containsExactly("snapshot_01.dump", "snapshot_02.half");
        assertThat(files.all())
                .extracting(found -> found.tenant().orElseThrow())
                .containsOnly(tenant);
        for (var name : files.names(tenant)) files.removeFile(tenant, name);

        assertThat(files.all()).isEmpty();
        assertThat(place).doesNotExist();
    }

    private String program(String script) throws IOException {
        var file = home.resolve("program");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n", StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
