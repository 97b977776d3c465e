package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.cloud.local.AddressRange.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Small networks are cut out of one range, none over another.
class AddressRangeTest {

    @Test
    void as_many_networks_as_fit_are_all_different_and_then_there_is_none() {
        var range = AddressRange.parse("10.231.0.0/22");
        var taken = new ArrayList<Subnet>();
        for (int i = 0; i < 32; i++)
            taken.add(range.free(UUID.randomUUID(), taken).orElseThrow());

        assertThat(new HashSet<>(taken)).hasSize(32).allMatch(subnet -> subnet.overlaps(range.whole()));
        assertThat(range.free(UUID.randomUUID(), taken)).isEmpty();
    }

    @Test
    void what_somebody_else_has_is_left_out_whatever_its_size() {
        var range = AddressRange.parse("192.168.0.0/24");
        var taken = List.of(subnet("192.168.0.0/25"), subnet("192.168.0.130/32"), subnet("10.0.0.0/8"));

        for (int i = 0; i < 50; i++)
            assertThat(range.free(UUID.randomUUID(), taken).orElseThrow().toString())
                    .isIn("192.168.0.160/27", "192.168.0.192/27", "192.168.0.224/27");
        assertThat(range.free(UUID.randomUUID(), List.of(subnet("192.168.0.0/16"))))
                .isEmpty();
    }

    @Test
    void a_network_has_an_address_of_its_own_and_one_where_nobody_is() {
        var subnet = subnet("10.255.255.224/27");

        assertThat(subnet.gateway()).isEqualTo("10.255.255.225");
        assertThat(subnet.nowhere()).isEqualTo("10.255.255.254");
    }

    @Test
    void the_largest_and_the_smallest_range_are_taken() {
        assertThat(AddressRange.parse("10.0.0.0/8").whole()).hasToString("10.0.0.0/8");
        assertThat(AddressRange.parse("255.255.255.255/27").whole()).hasToString("255.255.255.224/27");
        assertThat(AddressRange.parse("10.0.0.32/27").free(UUID.randomUUID(), List.of()))
                .hasValue(subnet("10.0.0.32/27"));
        assertThat(Subnet.parse("0.0.0.0/0").orElseThrow().overlaps(subnet("255.0.0.0/8")))
                .isTrue();
        assertThat(subnet("10.0.0.0/25").overlaps(subnet("10.0.0.128/25"))).isFalse();
    }

    @Test
    void what_is_no_range_is_refused_by_the_name_of_its_setting() {
        for (var wrong :
                List.of("", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/28", "10.0.0.0/7", "300.0.0.0/16", "fd00::/16"))
            assertThatThrownBy(() -> AddressRange.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("autostack.cloud.local.container-range");
    }

    @Test
    void a_route_is_read_as_the_kernel_writes_it() {
        assertThat(HostRoutes.route("docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0"))
                .hasValue(subnet("172.17.0.0/16"));
        assertThat(HostRoutes.route("")).isEmpty();
    }

    private static Subnet subnet(String cidr) {
        return Subnet.parse(cidr).orElseThrow();
    }
}
