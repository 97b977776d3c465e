package io.autostack.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.CountedPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How many answers of the database a page waits for, heard on the wire. It says nothing about time, and so it is true
/// on every machine: a page that asks for each of its rows cannot hide.
@QuarkusTest
@Tag("own-platform")
@TestProfile(CountedPlatform.Profile.class)
class RoundTripsTest {

    /// Caches are filled by then, and statements are known to the server.
    private static final int WARM_UP = 6;

    @Test
    void the_page_of_a_tenant_takes_three_however_many_apps_it_has() throws SQLException {
        var tenant = Rows.tenant();
        Rows.apps(tenant, 2);
        var two = opened("/tenants/" + Rows.slug(tenant));
        two.takesAtMost(3);
        Rows.apps(tenant, 8);

        opened("/tenants/" + Rows.slug(tenant)).takesAsManyAs(two);
    }

    @Test
    void an_operation_under_way_is_within_the_three() throws SQLException {
        var tenant = Rows.tenant();
        Rows.apps(tenant, 2);
        Rows.operation(tenant, "running", 12);

        opened("/tenants/" + Rows.slug(tenant)).takesAtMost(3);
    }

    @Test
    void what_can_be_done_about_a_failed_operation_takes_four_more() throws SQLException {
        var tenant = Rows.tenant();
        Rows.operation(tenant, "failed", 12);

        opened("/tenants/" + Rows.slug(tenant)).takesAtMost(7);
    }

    @Test
    void usage_takes_the_same_however_much_was_used() throws SQLException {
        var tenant = Rows.tenant();
        var little = opened("/tenants/" + Rows.slug(tenant) + "/usage");
        little.takesAtMost(9);
        Rows.apps(tenant, 10);
        Rows.used(tenant);

        opened("/tenants/" + Rows.slug(tenant) + "/usage").takesAsManyAs(little);
    }

    @Test
    void a_deployment_takes_the_same_however_many_there_are() throws SQLException {
        var tenant = Rows.tenant();
        var deployment = Rows.apps(tenant, 2);
        var two = opened("/tenants/" + Rows.slug(tenant) + "/deployments/" + deployment);
        two.takesAtMost(12);
        Rows.apps(tenant, 8);

        opened("/tenants/" + Rows.slug(tenant) + "/deployments/" + deployment).takesAsManyAs(two);
    }

    @Test
    void home_takes_the_same_with_three_operations_and_with_thirty() throws SQLException {
        Rows.onlyOperations(3);
        var three = opened("/");
        three.takesAtMost(9);
        Rows.onlyOperations(30);

        opened("/").takesAsManyAs(three);
    }

    @Test
    void an_operation_takes_the_same_with_three_steps_and_with_thirty() throws SQLException {
        var tenant = Rows.tenant();
        var three = opened("/operations/" + Rows.operation(tenant, "done", 3));
        three.takesAtMost(9);

        opened("/operations/" + Rows.operation(tenant, "done", 30)).takesAsManyAs(three);
    }

    @Test
    void plugins_and_the_marketplace_take_the_same_with_three_templates_and_with_thirty() throws SQLException {
        Rows.templates(3);
        var plugins = opened("/plugins");
        plugins.takesAtMost(9);
        var marketplace = opened("/marketplace");
        marketplace.takesAtMost(9);
        Rows.templates(30);

        opened("/plugins").takesAsManyAs(plugins);
        opened("/marketplace").takesAsManyAs(marketplace);
    }

    @Test
    void the_fleet_takes_the_same_with_three_rollouts_and_drifted_tenants_and_with_thirty() throws SQLException {
        Rows.onlyFleet(3);
        var three = opened("/fleet");
        three.takesAtMost(15);
        Rows.onlyFleet(30);

        opened("/fleet").takesAsManyAs(three);
    }

    @Test
    void the_list_of_tenants_takes_the_same_however_many_there_are() throws SQLException {
        for (int tenant = 0; tenant < 3; tenant++) Rows.tenant();
        var few = opened("/tenants");
        few.takesAtMost(9);
        for (int tenant = 0; tenant < 30; tenant++) Rows.tenant();

        opened("/tenants").takesAsManyAs(few);
    }

    @Test
    void history_takes_the_same_however_long_it_is() throws SQLException {
        var tenant = Rows.tenant();
        Rows.history(tenant, 3);
        var few = opened("/audit?tenant=" + Rows.slug(tenant));
        few.takesAtMost(9);
        Rows.history(tenant, 30);

        opened("/audit?tenant=" + Rows.slug(tenant)).takesAsManyAs(few);
    }

    /// Of one request, once nothing is done for the first time any more.
    private static Opened opened(String page) {
        for (int request = 0; request < WARM_UP; request++) open(page);
        CountedPlatform.heard();
        var before = CountedPlatform.roundTrips();
        open(page);
        return new Opened(CountedPlatform.roundTrips() - before, CountedPlatform.heard());
    }

    /// What a page took.
    private record Opened(long roundTrips, List<String> heard) {

        void takesAtMost(int most) {
            assertThat(roundTrips).as(String.join("\n", heard)).isLessThanOrEqualTo(most);
        }

        void takesAsManyAs(Opened other) {
            assertThat(roundTrips)
                    .as(String.join("\n", heard) + "\n\ninstead of\n\n" + String.join("\n", other.heard))
                    .isEqualTo(other.roundTrips);
        }
    }

    private static void open(String page) {
        Callers.bootstrap("cli").accept("text/html").get(page).then().statusCode(200);
    }

    /// A name that no other row has.
    static String fresh() {
        return "r" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
