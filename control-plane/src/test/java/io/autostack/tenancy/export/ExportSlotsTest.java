package io.autostack.tenancy.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// So many exports at once, one of each tenant; and each turn is given back, whatever becomes of it.
class ExportSlotsTest {

    private final ExportSlots slots = new ExportSlots(new ExportsConfig() {
        @Override
        public int parallel() {
            return 2;
        }

        @Override
        public Duration within() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration rest() {
            return Duration.ofMinutes(1);
        }
    });

    private final UUID one = UUID.randomUUID();

    @Test
    void a_tenant_has_one_at_a_time_and_all_together_have_as_many_as_there_are() {
        taken(one);
        assertThat(slots.take(one)).isInstanceOf(ExportSlots.Turn.AnotherOfTheTenant.class);
        var other = taken(UUID.randomUUID());
        assertThat(slots.take(UUID.randomUUID())).isInstanceOf(ExportSlots.Turn.TooManyInAll.class);

        other.end();

        taken(UUID.randomUUID());
    }

    @Test
    void one_that_nobody_takes_is_given_back_and_can_not_be_used_any_more() {
        var place = taken(one);
        place.giveUp();
        assertThat(place.use()).isFalse();

        taken(one);
        place.giveUp();
        place.end();
        assertThat(slots.take(one)).isInstanceOf(ExportSlots.Turn.AnotherOfTheTenant.class);
    }

    @Test
    void one_that_is_being_written_goes_when_the_writing_ends() {
        var place = taken(one);
        assertThat(place.use()).isTrue();
        place.giveUp();
        assertThat(slots.take(one)).isInstanceOf(ExportSlots.Turn.AnotherOfTheTenant.class);

        place.end();

        taken(one);
    }

    private ExportSlots.Place taken(UUID tenant) {
        var turn = slots.take(tenant);
        assertThat(turn).isInstanceOf(ExportSlots.Turn.Yours.class);
        return ((ExportSlots.Turn.Yours) turn).place();
    }
}
