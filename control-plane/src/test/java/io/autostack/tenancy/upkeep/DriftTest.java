package io.autostack.tenancy.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.plans.PlanVersion;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.SignIn;
import io.autostack.provisioning.plans.RepairTenant.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final UUID ACME = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final CloudDescription.Server SERVER =
            new CloudDescription.Server("cluster", "Wake {server}.", "Fetch {server}.");

    private final Map<Kind, ObservedResource> there = new HashMap<>(Map.of(
            Kind.ROLE, found(Kind.ROLE, "tenant_acme", Map.of(ObservedResource.LOGIN, "true")),
            Kind.DATABASE, database(Map.of()),
            Kind.SECRET, found(Kind.SECRET, "tenants/acme/database", Map.of()),
            Kind.ROUTE, found(Kind.ROUTE, "acme.localhost", Map.of())));
    private SignIn signIn = new SignIn.Works(true, true);
    private boolean open = true;
    private Placement placement = Placement.SHARED;

    @Test
    void a_tenant_that_is_as_it_should_be_has_no_differences() {
        assertThat(compare()).isEmpty();
    }

    @Test
    void a_container_that_is_not_made_as_today_is_made_anew() {
        there.put(Kind.CONTAINER, found(Kind.CONTAINER, "acme--shop--web", Map.of(ObservedResource.CURRENT, "true")));
        assertThat(compare()).isEmpty();

        there.put(Kind.CONTAINER, found(Kind.CONTAINER, "acme--shop--web", Map.of(ObservedResource.CURRENT, "false")));
        assertThat(repairs()).containsOnly(Map.entry("container acme--shop--web", Optional.of(Part.CONTAINER)));
    }

    @Test
    void a_missing_role_secret_or_route_is_repaired() {
        there.remove(Kind.ROLE);
        there.remove(Kind.SECRET);
        there.remove(Kind.ROUTE);
        there.put(
                Kind.DATABASE, database(Map.of(ObservedResource.OWNER, "stray", ObservedResource.PLATFORMS, "false")));

        assertThat(repairs())
                .containsEntry("role", Optional.of(Part.ACCESS))
                .containsEntry("database owner", Optional.of(Part.ACCESS))
                .containsEntry("secret", Optional.of(Part.SECRET))
                .containsEntry("route acme.localhost", Optional.of(Part.ROUTE));
    }

    @Test
    void what_was_changed_about_a_database_is_repaired() {
        there.put(
                Kind.DATABASE,
                database(Map.of(
                        ObservedResource.ANYBODY_CONNECTS, "true",
                        ObservedResource.OWNER_CONNECTS, "false",
                        ObservedResource.CONNECTIONS, "500",
                        ObservedResource.STATEMENT_TIMEOUT, "none",
                        ObservedResource.OPEN, "false")));

        assertThat(repairs())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "who may connect", Optional.of(Part.ACCESS),
                        "its own role may connect", Optional.of(Part.ACCESS),
                        "connections", Optional.of(Part.SIZE),
                        "statement timeout", Optional.of(Part.SIZE),
                        "takes connections", Optional.of(Part.ALLOW_CONNECTIONS)));
    }

    @Test
    void a_missing_database_is_for_a_person_and_so_is_everything_that_comes_with_it() {
        there.remove(Kind.DATABASE);
        there.remove(Kind.ROLE);

        assertThat(compare()).allSatisfy(difference -> {
            assertThat(difference.repair()).isEmpty();
            assertThat(difference.advice()).isNotBlank();
        });
        assertThat(repairs()).containsOnlyKeys("database", "role");
    }

    @Test
    void what_carries_another_tag_is_left_alone() {
        there.put(Kind.DATABASE, new ObservedResource(Kind.DATABASE, "tenant_acme", Optional.of(OTHER), Map.of()));
        there.put(Kind.ROUTE, new ObservedResource(Kind.ROUTE, "acme.localhost", Optional.of(OTHER), Map.of()));
        there.put(
                Kind.SECRET, new ObservedResource(Kind.SECRET, "tenants/acme/database", Optional.of(OTHER), Map.of()));
        there.put(
                Kind.ROLE,
                new ObservedResource(
                        Kind.ROLE, "tenant_acme", Optional.empty(), Map.of(ObservedResource.LOGIN, "true")));

        assertThat(repairs().values()).hasSize(4).allMatch(Optional::isEmpty);
    }

    @Test
    void m12_a_database_that_carries_another_tenants_tag_is_for_a_person_although_all_else_is_right() {
        var right = database(Map.of()).properties();
        there.put(Kind.DATABASE, new ObservedResource(Kind.DATABASE, "tenant_acme", Optional.of(OTHER), right));

        assertThat(compare()).singleElement().satisfies(difference -> {
            assertThat(difference.what()).isEqualTo("database tag");
            assertThat(difference.found()).isEqualTo("of tenant " + OTHER);
            assertThat(difference.repair()).isEmpty();
        });
    }

    @Test
    void a_database_that_lost_its_tag_gets_it_back_while_its_owner_is_the_tenants() {
        there.put(
                Kind.DATABASE,
                new ObservedResource(
                        Kind.DATABASE,
                        "tenant_acme",
                        Optional.empty(),
                        database(Map.of()).properties()));

        assertThat(repairs()).containsExactly(Map.entry("database tag", Optional.of(Part.ACCESS)));
    }

    @Test
    void an_owner_for_whom_the_platform_may_not_act_is_for_a_person() {
        there.put(
                Kind.DATABASE,
                database(Map.of(
                        ObservedResource.OWNER,
                        "postgres",
                        ObservedResource.PLATFORMS,
                        "false",
                        ObservedResource.OWNER_IN_REACH,
                        "false")));

        assertThat(compare()).singleElement().satisfies(difference -> {
            assertThat(difference.repair()).isEmpty();
            assertThat(difference.advice()).contains("postgres");
        });
    }

    @Test
    void an_alternate_role_of_the_tenant_may_sign_in_for_it() {
        there.put(Kind.ROLE, found(Kind.ROLE, "tenant_acme-b", Map.of(ObservedResource.LOGIN, "true")));

        assertThat(compare()).isEmpty();
    }

    @Test
    void a_database_that_is_still_its_tenants_becomes_the_platforms() {
        there.put(
                Kind.DATABASE,
                database(Map.of(ObservedResource.OWNER, "tenant_acme", ObservedResource.PLATFORMS, "false")));

        assertThat(repairs()).containsExactly(Map.entry("database owner", Optional.of(Part.ACCESS)));
    }

    @Test
    void t11_a_role_that_may_have_more_connections_than_the_plan_is_repaired() {
        there.put(Kind.DATABASE, database(Map.of(ObservedResource.ROLE_CONNECTIONS, "-1")));

        assertThat(repairs()).containsExactly(Map.entry("connections of its role", Optional.of(Part.SIZE)));
    }

    @Test
    void the_role_of_an_app_will_not_do() {
        there.put(Kind.ROLE, found(Kind.ROLE, "tenant_acme__shop", Map.of(ObservedResource.LOGIN, "true")));

        assertThat(repairs()).containsKey("role");
    }

    @Test
    void credentials_that_are_refused_are_repaired_unless_something_else_explains_it() {
        signIn = new SignIn.Refused();
        assertThat(repairs()).containsExactly(Map.entry("credentials", Optional.of(Part.ACCESS)));

        there.remove(Kind.ROLE);
        assertThat(repairs()).doesNotContainKey("credentials");
    }

    @Test
    void tables_that_are_gone_are_for_a_person_and_tables_out_of_reach_are_repaired() {
        signIn = new SignIn.Works(false, true);
        assertThat(repairs().values()).containsExactly(Optional.empty());

        signIn = new SignIn.Works(true, false);
        assertThat(repairs().values()).containsExactly(Optional.of(Part.ACCESS));
    }

    @Test
    void a_suspended_tenant_is_closed_again_and_its_role_waits_until_it_is_resumed() {
        open = false;
        assertThat(repairs()).containsExactly(Map.entry("takes connections", Optional.of(Part.ALLOW_CONNECTIONS)));

        there.remove(Kind.ROLE);
        there.put(
                Kind.DATABASE,
                database(Map.of(
                        ObservedResource.OPEN,
                        "false",
                        ObservedResource.OWNER,
                        "stray",
                        ObservedResource.PLATFORMS,
                        "false")));
        assertThat(compare())
                .hasSize(2)
                .allMatch(difference ->
                        difference.repair().isEmpty() && difference.advice().contains("resumed"));
    }

    @Test
    void what_is_on_a_cluster_is_compared_like_anything_else() {
        dedicated(Map.of(ObservedResource.ANSWERS, "true", ObservedResource.HAS_DATA, "true"));
        assertThat(compare()).isEmpty();

        there.put(
                Kind.DATABASE,
                database(Map.of(ObservedResource.CONNECTIONS, "500", ObservedResource.SERVER, ACME.toString())));
        assertThat(repairs()).containsExactly(Map.entry("connections", Optional.of(Part.SIZE)));
    }

    @Test
    void what_has_its_name_on_the_shared_server_is_not_it() {
        dedicated(Map.of(ObservedResource.ANSWERS, "true", ObservedResource.HAS_DATA, "true"));
        there.put(Kind.DATABASE, database(Map.of()));
        there.put(Kind.ROLE, found(Kind.ROLE, "tenant_acme", Map.of(ObservedResource.LOGIN, "true")));

        assertThat(repairs()).containsOnlyKeys("database", "role");
    }

    @Test
    void of_a_cluster_that_does_not_answer_only_that_is_said() {
        dedicated(Map.of(ObservedResource.ANSWERS, "false", ObservedResource.HAS_DATA, "true"));
        there.remove(Kind.DATABASE);
        there.remove(Kind.ROLE);

        assertThat(compare()).singleElement().satisfies(difference -> {
            assertThat(difference.what()).isEqualTo("dedicated cluster");
            assertThat(difference.found()).isEqualTo("does not answer");
            assertThat(difference.advice()).isEqualTo("Wake " + ACME + ".");
            assertThat(difference.repair()).isEmpty();
        });
    }

    @Test
    void a_cluster_without_data_is_missing() {
        dedicated(Map.of(ObservedResource.ANSWERS, "false", ObservedResource.HAS_DATA, "false"));
        assertThat(compare())
                .singleElement()
                .satisfies(difference -> assertThat(difference.found()).isEqualTo("missing"));

        there.remove(Kind.CLUSTER);
        assertThat(compare())
                .singleElement()
                .satisfies(difference -> assertThat(difference.found()).isEqualTo("missing"));
    }

    private void dedicated(Map<String, String> cluster) {
        placement = Placement.DEDICATED;
        there.put(Kind.CLUSTER, found(Kind.CLUSTER, ACME.toString(), cluster));
        for (var kind : List.of(Kind.DATABASE, Kind.ROLE))
            there.computeIfPresent(kind, (same, found) -> found.with(ObservedResource.SERVER, ACME.toString()));
    }

    private List<Difference> compare() {
        return Drift.compare(
                new DesiredState(
                        ACME,
                        open,
                        "tenant_acme",
                        "tenants/acme/database",
                        placement,
                        new PlanVersion.Size(10, Duration.ofSeconds(30), false),
                        "acme.localhost",
                        List.of()),
                new ObservedState(new ArrayList<>(there.values()), Map.of(ACME, signIn)),
                SERVER);
    }

    private Map<String, Optional<Part>> repairs() {
        var repairs = new HashMap<String, Optional<Part>>();
        for (var difference : compare()) repairs.put(difference.what(), difference.repair());
        return repairs;
    }

    private static ObservedResource database(Map<String, String> changes) {
        var properties = new HashMap<>(Map.of(
                ObservedResource.OWNER, "autostack_provisioner",
                ObservedResource.PLATFORMS, "true",
                ObservedResource.OWNER_IN_REACH, "true",
                ObservedResource.OWNER_CONNECTS, "true",
                ObservedResource.ANYBODY_CONNECTS, "false",
                ObservedResource.OPEN, "true",
                ObservedResource.CONNECTIONS, "10",
                ObservedResource.ROLE_CONNECTIONS, "10",
                ObservedResource.STATEMENT_TIMEOUT, "30s"));
        properties.putAll(changes);
        return found(Kind.DATABASE, "tenant_acme", properties);
    }

    private static ObservedResource found(Kind kind, String name, Map<String, String> properties) {
        return new ObservedResource(kind, name, Optional.of(ACME), properties);
    }
}
