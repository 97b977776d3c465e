package io.autostack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.process.StartFailed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void a_port_that_was_not_given_is_the_usual_one() {
        assertThat(Settings.port(Map.of("AUTOSTACK_TENANT_PORT", " "), "AUTOSTACK_TENANT_PORT", 8081))
                .isEqualTo(8081);
    }

    @Test
    void a_given_port_replaces_the_usual_one() {
        assertThat(Settings.port(Map.of("AUTOSTACK_TENANT_PORT", "9081"), "AUTOSTACK_TENANT_PORT", 8081))
                .isEqualTo(9081);
    }

    @Test
    void the_first_and_the_last_port_are_ports() {
        for (var port : new int[] {1, 65_535})
            assertThat(Settings.port(Map.of("AUTOSTACK_TENANT_PORT", "" + port), "AUTOSTACK_TENANT_PORT", 8081))
                    .isEqualTo(port);
        for (var none : new int[] {0, 65_536})
            assertThatThrownBy(() ->
                            Settings.port(Map.of("AUTOSTACK_TENANT_PORT", "" + none), "AUTOSTACK_TENANT_PORT", 8081))
                    .isInstanceOf(StartFailed.class);
    }

    @Test
    void something_that_is_no_port_is_refused_by_its_name() {
        assertThatThrownBy(() -> Settings.port(Map.of("AUTOSTACK_TENANT_PORT", "70000"), "AUTOSTACK_TENANT_PORT", 8081))
                .isInstanceOf(StartFailed.class)
                .hasMessageContaining("AUTOSTACK_TENANT_PORT")
                .hasMessageContaining("70000");
    }
}
