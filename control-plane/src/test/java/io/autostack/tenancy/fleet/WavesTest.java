package io.autostack.tenancy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavesTest {

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 1, 0", "10, 1, 8", "11, 2, 8", "12, 2, 9", "1000, 100, 899"})
    void one_alone_then_a_tenth_rounded_up_then_the_rest(int tenants, int tenth, int rest) {
        var all = tenants(tenants);

        var places = Waves.of(all, all.getFirst());

        assertThat(in(places, Waves.CANARY)).containsExactly(all.getFirst());
        assertThat(in(places, Waves.TENTH)).hasSize(tenth);
        assertThat(in(places, Waves.REST)).hasSize(rest);
        assertThat(places.stream().map(Waves.Place::tenant)).containsExactlyElementsOf(all);
    }

    @Test
    void a_chosen_tenant_goes_first_and_the_others_keep_their_order() {
        var all = tenants(12);

        var places = Waves.of(all, all.get(7));

        assertThat(in(places, Waves.CANARY)).containsExactly(all.get(7));
        assertThat(in(places, Waves.TENTH)).containsExactly(all.get(0), all.get(1));
        assertThat(in(places, Waves.REST)).hasSize(9).doesNotContain(all.get(7));
    }

    private static List<UUID> tenants(int count) {
        return IntStream.range(0, count).mapToObj(i -> UUID.randomUUID()).toList();
    }

    private static List<UUID> in(List<Waves.Place> places, int wave) {
        return places.stream()
                .filter(place -> place.wave() == wave)
                .map(Waves.Place::tenant)
                .toList();
    }
}
