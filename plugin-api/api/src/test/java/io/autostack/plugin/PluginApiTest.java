package io.autostack.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluginApiTest {

    @Test
    void the_version_that_plugins_are_checked_against_is_the_one_that_is_published() {
        assertThat(PluginApi.VERSION).isEqualTo(System.getProperty("project.version"));
    }
}
