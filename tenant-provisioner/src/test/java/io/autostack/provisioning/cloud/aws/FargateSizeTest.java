package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0.25, 256, 256, 512",
        "0.25, 1500, 256, 2048",
        "0.25, 2049, 512, 3072",
        "0.3, 512, 512, 1024",
        "0.5, 1024, 512, 1024",
        "1, 2048, 1024, 2048",
        "4, 30720, 4096, 30720",
        "4, 30721, 8192, 32768",
        "8, 17000, 8192, 20480",
        "16, 122880, 16384, 122880",
    })
    void the_smallest_pair_that_fargate_gives_is_chosen(String vcpu, int memory, int cpu, int given) {
        assertThat(FargateSize.atLeast(new BigDecimal(vcpu), memory)).contains(new FargateSize(cpu, given));
    }

    @Test
    void what_is_larger_than_any_is_none() {
        assertThat(FargateSize.atLeast(new BigDecimal("16.1"), 1024)).isEmpty();
        assertThat(FargateSize.atLeast(BigDecimal.ONE, 122_881)).isEmpty();
    }
}
