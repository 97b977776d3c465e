package io.autostack.tenancy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NextTest {

    private static final int IN_FLIGHT = 3;

    @Test
    void the_canary_goes_alone() {
        assertThat(next(false, wave(1, 1, 0, 0), wave(2, 2, 0, 0), wave(3, 9, 0, 0)))
                .isEqualTo(new Next.Enqueue(1, 1));
        assertThat(next(false, wave(1, 0, 1, 0), wave(2, 2, 0, 0), wave(3, 9, 0, 0)))
                .isEqualTo(new Next.Wait());
    }

    @Test
    void a_wave_begins_when_the_one_before_is_through() {
        assertThat(next(false, wave(1, 0, 0, 1), wave(2, 2, 0, 0), wave(3, 9, 0, 0)))
                .isEqualTo(new Next.Enqueue(2, 2));
        assertThat(next(false, wave(1, 0, 0, 1), wave(2, 0, 1, 1), wave(3, 9, 0, 0)))
                .isEqualTo(new Next.Wait());
    }

    @Test
    void new_tenants_begin_at_the_version_before_the_last_wave_does() {
        assertThat(next(false, wave(1, 0, 0, 1), wave(2, 0, 0, 2), wave(3, 9, 0, 0)))
                .isEqualTo(new Next.Switch());
        assertThat(next(true, wave(1, 0, 0, 1), wave(2, 0, 0, 2), wave(3, 9, 0, 0)))
                .isEqualTo(new Next.Enqueue(3, IN_FLIGHT));
    }

    @Test
    void no_more_are_at_work_than_may_be() {
        assertThat(next(true, wave(3, 7, 2, 0))).isEqualTo(new Next.Enqueue(3, 1));
        assertThat(next(true, wave(3, 6, 3, 0))).isEqualTo(new Next.Wait());
    }

    @Test
    void who_came_late_into_the_last_wave_is_waited_for() {
        assertThat(next(true, wave(1, 0, 0, 1), wave(3, 1, 0, 9))).isEqualTo(new Next.Enqueue(3, 1));
    }

    @Test
    void who_waits_for_something_of_their_own_keeps_nobody_waiting() {
        assertThat(next(true, wave(1, 0, 0, 1), new WaveCount(3, 5, IN_FLIGHT, 0, 0, 0, IN_FLIGHT)))
                .isEqualTo(new Next.Enqueue(3, IN_FLIGHT));
    }

    @Test
    void one_failure_stops_everything() {
        assertThat(next(true, new WaveCount(1, 0, 0, 1, 0, 0, 0), new WaveCount(3, 5, 2, 1, 1, 0, 0)))
                .isEqualTo(new Next.Stop());
    }

    @Test
    void it_ends_when_everybody_is_through_or_left_out_and_new_tenants_begin_there() {
        assertThat(next(true, wave(1, 0, 0, 1), new WaveCount(2, 0, 0, 1, 0, 1, 0)))
                .isEqualTo(new Next.Finish());
        assertThat(next(false, wave(1, 0, 0, 1))).isEqualTo(new Next.Switch());
    }

    @Test
    void a_platform_without_tenants_only_changes_where_new_ones_begin() {
        assertThat(next(false)).isEqualTo(new Next.Switch());
        assertThat(next(true)).isEqualTo(new Next.Finish());
    }

    private static Next next(boolean switched, WaveCount... waves) {
        return Next.after(List.of(waves), switched, IN_FLIGHT);
    }

    private static WaveCount wave(int wave, int waiting, int running, int done) {
        return new WaveCount(wave, waiting, running, done, 0, 0, 0);
    }
}
