package io.autostack.tenancy.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.Quota;
import io.autostack.tenancy.capacity.Capacity.Demand;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private static final Demand ONE = new Demand(1, 10);

    @Test
    void the_last_place_is_a_place_and_the_one_behind_it_is_not() {
        var last = Capacity.judge(List.of(databases(39)), Demand.NOTHING, ONE);
        assertThat(last.fits()).isTrue();
        assertThat(last.rooms().getFirst().free()).isEqualTo(1);

        var full = Capacity.judge(List.of(databases(40)), Demand.NOTHING, ONE);
        assertThat(full.fits()).isFalse();
        assertThat(full.shortage()).contains("Tenant databases 40 of 40 databases used, 0 free, 1 wanted");
    }

    @Test
    void what_is_being_built_counts_as_used() {
        var capacity = Capacity.judge(List.of(databases(38)), new Demand(2, 20), ONE);

        assertThat(capacity.fits()).isFalse();
        assertThat(capacity.rooms().getFirst().used()).isEqualTo(40);
    }

    @Test
    void more_connections_than_there_are_is_a_warning_that_stops_nobody() {
        var connections =
                new Quota(Quota.CONNECTIONS, "Connections promised by plans", "connections", 290, 297, 0, false);

        var capacity = Capacity.judge(List.of(connections), Demand.NOTHING, ONE);

        assertThat(capacity.rooms().getFirst().enough()).isFalse();
        assertThat(capacity.rooms().getFirst().wanted()).isEqualTo(10);
        assertThat(capacity.fits()).isTrue();
    }

    @Test
    void only_what_stops_somebody_is_said_to_be_short() {
        var connections =
                new Quota(Quota.CONNECTIONS, "Connections promised by plans", "connections", 290, 297, 0, false);
        var disk = new Quota("disk", "Disk", "bytes", 0, 100, 60, true);

        var judged = Capacity.judge(List.of(connections, databases(39), disk), Demand.NOTHING, new Demand(2, 20));

        assertThat(judged.shortage())
                .isEqualTo("There is no room for one more tenant: Tenant databases 39 of 40 databases used, 1 free,"
                        + " 2 wanted; Disk 0 of 100 bytes used, 100 free, 120 wanted. Make room or raise the limit,"
                        + " then try again.");
    }

    @Test
    void more_used_than_allowed_leaves_nothing_free() {
        assertThat(Capacity.judge(List.of(databases(50)), Demand.NOTHING, ONE)
                        .rooms()
                        .getFirst()
                        .free())
                .isZero();
    }

    @Test
    void a_cloud_that_says_nothing_refuses_nobody() {
        assertThat(Capacity.judge(List.of(), Demand.NOTHING, ONE).fits()).isTrue();
    }

    @Test
    void an_instance_for_each_tenant_ends_at_forty_on_a_new_aws_account() {
        var instances = AwsQuota.all().stream()
                .filter(quota -> quota.title().equals("DB instances"))
                .findFirst()
                .orElseThrow();

        assertThat(instances.tenantsAtMost()).isEqualTo(40);
        assertThat(instances.takenBy(100)).isGreaterThan(instances.most());
        assertThat(AwsQuota.all())
                .allMatch(quota ->
                        quota.tenantsAtMost() > 0 && quota.source().startsWith("https://docs.aws.amazon.com/"));
    }

    private static Quota databases(long used) {
        return new Quota("databases", "Tenant databases", "databases", used, 40, 1, true);
    }
}
