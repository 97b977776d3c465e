package io.autostack.provisioning.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Gp3Test {

    private static final OptionalInt NONE = OptionalInt.empty();

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 399})
    void a01_below_the_threshold_nothing_is_sent_whatever_was_written_down(int gib) {
        var disk = Gp3.of(gib, OptionalInt.of(3_000), OptionalInt.of(125));

        assertThat(disk).isEqualTo(new Gp3(gib, NONE, NONE));
        assertThat(disk.problem()).isEmpty();
    }

    @Test
    void a01_from_the_threshold_on_less_than_the_least_is_refused_before_any_call() {
        for (var iops : new OptionalInt[] {NONE, OptionalInt.of(0), OptionalInt.of(3_000), OptionalInt.of(11_999)})
            assertThat(Gp3.of(400, iops, OptionalInt.of(500)).problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("≥ 12000 IOPS and ≥ 500 MiB/s"));
        assertThat(Gp3.of(400, OptionalInt.of(12_000), OptionalInt.of(499)).problem())
                .isPresent();
        assertThat(Gp3.of(400, OptionalInt.of(12_000), OptionalInt.of(500)).problem())
                .isEmpty();
    }

    @Test
    void a01_a_disk_that_grows_over_the_threshold_says_both() {
        assertThat(Gp3.of(399).iops()).isEqualTo(NONE);
        assertThat(Gp3.of(400)).isEqualTo(new Gp3(400, OptionalInt.of(12_000), OptionalInt.of(500)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 65_537})
    void sizes_that_rds_does_not_have_are_refused(int gib) {
        assertThat(Gp3.of(gib).problem()).isPresent();
    }
}
