package io.autostack.provisioning.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.plans.RepairTenant.Part;
import org.junit.jupiter.api.Test;

class RepairTenantTest {

    @Test
    void each_part_is_read_back_from_its_word() {
        for (var part : Part.values()) assertThat(Part.of(part.word())).isEqualTo(part);
    }

    @Test
    void an_operation_of_an_earlier_version_still_finds_its_part() {
        assertThat(Part.of("door")).isEqualTo(Part.ALLOW_CONNECTIONS);
    }
}
