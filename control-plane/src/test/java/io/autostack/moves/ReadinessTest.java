package io.autostack.moves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final EnumSet<Confirmation> ALL = EnumSet.allOf(Confirmation.class);
    private static final Readiness.Facts GOOD =
            good(new Readiness.Room(OptionalLong.of(20_000_000), OptionalLong.of(20_000_000), "Look at the disk."));

    private static Readiness.Facts good(Readiness.Room room) {
        return new Readiness.Facts(
                "active", List.of(), List.of(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), room);
    }

    @Test
    void a_tenant_in_order_with_everything_confirmed_is_ready() {
        var readiness = Readiness.of(GOOD, ALL);

        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.items()).allMatch(item -> item.answer() == Readiness.Answer.MET);
    }

    @Test
    void who_has_one_thing_open_is_not_ready() {
        var missing = EnumSet.copyOf(ALL);
        missing.remove(Confirmation.values()[0]);

        assertThat(Readiness.of(GOOD, missing).ready()).isFalse();
    }

    @Test
    void a_disk_that_nobody_can_look_at_keeps_nobody_from_moving_but_is_said() {
        var readiness = Readiness.of(
                good(new Readiness.Room(OptionalLong.of(20_000_000), OptionalLong.empty(), "Look at the disk.")), ALL);

        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.items())
                .filteredOn(item -> item.answer() == Readiness.Answer.NOT_CHECKED)
                .singleElement()
                .satisfies(room -> {
                    assertThat(room.name()).isEqualTo("room");
                    assertThat(room.remedy()).contains("20 MB").endsWith("Look at the disk.");
                });
    }

    @Test
    void a_database_that_nobody_can_measure_is_not_said_to_take_nothing() {
        var readiness = Readiness.of(
                good(new Readiness.Room(OptionalLong.empty(), OptionalLong.of(1), "Look at the disk.")), ALL);

        assertThat(readiness.items())
                .filteredOn(item -> item.answer() == Readiness.Answer.NOT_CHECKED)
                .singleElement()
                .satisfies(room -> assertThat(room.remedy()).doesNotContain("They take"));
    }

    @Test
    void too_little_room_is_said_in_numbers() {
        var readiness = Readiness.of(
                good(new Readiness.Room(OptionalLong.of(20_000_001), OptionalLong.of(20_000_000), "Look at the disk.")),
                ALL);

        assertThat(readiness.open()).singleElement().satisfies(room -> {
            assertThat(room.name()).isEqualTo("room");
            assertThat(room.remedy()).contains("20 MB are free");
        });
    }

    @Test
    void what_nobody_confirmed_is_open() {
        var some = EnumSet.complementOf(EnumSet.of(Confirmation.ON_CALL, Confirmation.LOAD_TEST));

        assertThat(Readiness.of(GOOD, some).open())
                .extracting(Readiness.Item::name)
                .containsExactly("load-test", "on-call");
    }

    @Test
    void everything_that_stands_in_the_way_is_told_at_once_with_the_way_out() {
        var bad = new Readiness.Facts(
                "suspended",
                List.of("Suspend acme"),
                List.of("Deploy shop for acme"),
                Optional.of("It does not answer."),
                List.of("Starter allows 1 app; 2 in use."),
                Optional.of("choose the shared server"),
                Optional.of("It is at version 1."),
                new Readiness.Room(OptionalLong.of(2), OptionalLong.of(1), "Look at the disk."));

        assertThat(Readiness.of(bad, ALL).open())
                .extracting(Readiness.Item::name)
                .containsExactly("active", "quiet", "mended", "database", "limits", "placement", "schema", "room");
        assertThat(Readiness.of(bad, ALL).open())
                .allSatisfy(item -> assertThat(item.remedy()).isNotBlank());
    }
}
