package io.autostack.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    Path home;

    @Test
    void what_the_build_has_unpacked_is_taken() {
        var built = PostgresBinaries.under(Path.of("target/postgres"));

        PostgresBinaries.take(Path.of("target/postgres"), home);

        assertThat(Path.of(PostgresBinaries.under(home).program("initdb")))
                .startsWith(home)
                .isExecutable()
                .hasSameBinaryContentAs(Path.of(built.program("initdb")));
    }

    @Test
    void where_the_build_has_unpacked_nothing_they_are_unpacked(@TempDir Path empty) {
        PostgresBinaries.take(empty, home);
        assertThat(home).isEmptyDirectory();

        assertThat(Path.of(PostgresBinaries.under(home).program("initdb"))).isExecutable();
    }
}
