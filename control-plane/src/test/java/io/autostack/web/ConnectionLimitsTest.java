package io.autostack.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.web.ConnectionLimits.Activity;
import io.autostack.web.ConnectionLimits.Admission;
import io.autostack.web.ConnectionLimits.Admission.Admitted;
import io.autostack.web.ConnectionLimits.Admission.InPlaceOf;
import io.autostack.web.ConnectionLimits.Admission.Refused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitsTest {

    private static final int MAX_PER_ADDRESS = 3;
    private static final int MAX = 5;

    private final ConnectionLimits<String> limits = new ConnectionLimits<>(MAX_PER_ADDRESS, MAX);

    @Test
    void s10_there_is_room_up_to_the_limit_of_an_address() {
        assertThat(come("a1")).isEqualTo(new Admitted<>());
        assertThat(come("a2")).isEqualTo(new Admitted<>());
        assertThat(come("a3")).isEqualTo(new Admitted<>());
        assertThat(come("b1")).isEqualTo(new Admitted<>());
    }

    @Test
    void s10_beyond_the_limit_of_an_address_one_of_that_address_makes_way() {
        come("b1");
        come("a1", "a2", "a3");

        assertThat(come("a4")).isEqualTo(new InPlaceOf<>("a1"));
        assertThat(come("a5")).isEqualTo(new InPlaceOf<>("a2"));
    }

    @Test
    void s10_beyond_the_limit_in_all_anybody_makes_way() {
        come("a1", "b1", "c1", "d1", "e1");

        assertThat(come("f1")).isEqualTo(new InPlaceOf<>("a1"));
        assertThat(come("g1")).isEqualTo(new InPlaceOf<>("b1"));
    }

    @Test
    void s10_who_rests_makes_way_before_who_speaks_and_who_speaks_before_who_does_not_listen() {
        come("a1", "b1", "c1", "d1", "e1");
        limits.now("a1", Activity.NOT_READING);
        limits.now("b1", Activity.SENDING_BODY);
        limits.now("d1", Activity.IDLE);
        limits.now("e1", Activity.BEING_SERVED);

        assertThat(List.of(come("v1"), come("w1"), come("x1"), come("y1"), come("z1")))
                .containsExactly(
                        new InPlaceOf<>("d1"),
                        new InPlaceOf<>("c1"),
                        new InPlaceOf<>("v1"),
                        new InPlaceOf<>("w1"),
                        new InPlaceOf<>("x1"));
    }

    @Test
    void s10_slow_bodies_and_unread_answers_make_way_when_there_is_nobody_else() {
        come("a1", "a2", "a3");
        limits.now("a1", Activity.NOT_READING);
        limits.now("a2", Activity.SENDING_BODY);
        limits.now("a3", Activity.BEING_SERVED);

        assertThat(come("a4")).isEqualTo(new InPlaceOf<>("a2"));
        limits.now("a4", Activity.BEING_SERVED);
        assertThat(come("a5")).isEqualTo(new InPlaceOf<>("a1"));
    }

    @Test
    void s10_who_has_said_everything_and_waits_for_its_answer_never_makes_way() {
        come("a1", "a2", "a3");
        for (var served : List.of("a1", "a2", "a3")) limits.now(served, Activity.BEING_SERVED);

        assertThat(come("a4")).isEqualTo(new Refused<>());
        assertThat(come("b1")).isEqualTo(new Admitted<>());
    }

    @Test
    void who_made_way_counts_no_more_and_its_end_takes_nobody_elses_place() {
        come("a1", "a2", "a3", "a4");
        limits.left("a1");
        limits.left("a1");
        limits.now("a1", Activity.BEING_SERVED);

        assertThat(come("a5")).isEqualTo(new InPlaceOf<>("a2"));
    }

    @Test
    void the_place_of_one_that_left_is_free() {
        come("a1", "a2", "a3");
        limits.left("a2");

        assertThat(come("a4")).isEqualTo(new Admitted<>());
        assertThat(come("a5")).isEqualTo(new InPlaceOf<>("a1"));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, false"
    })
    void s10_addresses_of_one_ipv6_network_count_as_one(String one, String other, boolean same)
            throws UnknownHostException {
        assertThat(address(one).equals(address(other))).isEqualTo(same);
    }

    private static String address(String text) throws UnknownHostException {
        return ConnectionLimits.address(InetAddress.getByName(text));
    }

    /// The first letter is the address.
    private Admission<String> come(String connection) {
        return limits.admit(connection, connection.substring(0, 1));
    }

    private void come(String... connections) {
        for (var connection : connections) come(connection);
    }
}
