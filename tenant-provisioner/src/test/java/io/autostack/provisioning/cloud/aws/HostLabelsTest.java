package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostLabelsTest {

    @Test
    void a_container_answers_at_the_names_of_its_tenant_app_and_part() {
        assertThat(HostLabels.of("autostack-acme--shop--web")).isEqualTo("acme--shop--web");
    }

    @Test
    void a_long_name_is_one_label_that_is_nobody_elses_and_no_tenants() {
        var one = HostLabels.of("autostack-" + "a".repeat(40) + "--" + "b".repeat(40) + "--web");
        var other = HostLabels.of("autostack-" + "a".repeat(40) + "--" + "b".repeat(40) + "--api");

        assertThat(one)
                .matches("[a-z0-9-]{1,63}")
                .contains("--")
                .isNotEqualTo(other)
                .doesNotEndWith("-");
    }
}
