package io.autostack.tenancy.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArchivePathsTest {

    private final ArchivePaths paths = new ArchivePaths();

    @Test
    void a_harmless_name_stays_as_it_is() {
        assertThat(paths.file("data/", "app", "guestbook_entry")).isEqualTo("data/app.guestbook_entry.csv");
        assertThat(paths.folder("apps/", "tenant_a__shop")).isEqualTo("apps/tenant_a__shop/");
    }

    @Test
    void t34_names_that_differ_in_capitals_alone_are_numbered() {
        assertThat(paths.file("data/", "app", "order")).isEqualTo("data/app.order.csv");
        assertThat(paths.file("data/", "app", "Order")).isEqualTo("data/app.Order~1.csv");
        assertThat(paths.file("apps/x/data/", "app", "Order")).isEqualTo("apps/x/data/app.Order.csv");
    }

    @Test
    void t34_what_becomes_the_same_gets_a_number_of_its_own() {
        assertThat(paths.file("data/", "app", "a.b")).isEqualTo("data/app.a_b~1.csv");
        assertThat(paths.file("data/", "app", "a/b")).isEqualTo("data/app.a_b~2.csv");
        assertThat(paths.file("data/", "app", "a_b")).isEqualTo("data/app.a_b.csv");
    }

    @Test
    void t34_devices_and_long_names_are_stored_nowhere_as_they_are() {
        assertThat(paths.file("data/", "CON", "aux")).isEqualTo("data/CON_.aux_~1.csv");
        assertThat(paths.file("data/", "я".repeat(63), "x".repeat(63)))
                .isEqualTo("data/" + "_".repeat(40) + "." + "x".repeat(40) + "~2.csv");
    }
}
