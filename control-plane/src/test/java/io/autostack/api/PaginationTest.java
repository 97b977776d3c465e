package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Walk;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Lists come in pages that neither repeat nor lose a row, whatever is added meanwhile.
@QuarkusTest
class PaginationTest {

    @Test
    void following_the_links_meets_every_deployment_once_newest_first() {
        var tenant = Onboarding.activeTenant("professional", "alice@example.com");
        var deployed = new ArrayList<String>();
        for (var name : List.of("One", "Two", "Three"))
            deployed.addFirst(Deploying.deployed(Callers.alice(), Callers.alice(), tenant, name)
                    .path("id"));

        assertThat(Walk.ids(Callers::alice, "/api/v1/tenants/" + tenant + "/deployments?page_size=1", "deployments"))
                .containsExactlyElementsOf(deployed);
        assertThat(Walk.ids(Callers::alice, "/api/v1/tenants/" + tenant + "/deployments?page_size=2", "deployments"))
                .containsExactlyElementsOf(deployed);
    }

    @Test
    void what_is_added_while_somebody_reads_moves_no_row_to_another_page() {
        var before = new ArrayList<String>();
        for (int i = 0; i < 3; i++) before.addFirst(onboarded());
        var first = Callers.operator().get("/api/v1/tenants?page_size=1");
        assertThat(first.jsonPath().getList("tenants.id", String.class)).containsExactly(before.getFirst());

        onboarded();

        assertThat(Callers.operator()
                        .get("/api/v1/tenants?page_size=2&page_token=" + first.path("next_page_token"))
                        .jsonPath()
                        .getList("tenants.id", String.class))
                .containsExactlyElementsOf(before.subList(1, 3));
    }

    @Test
    void history_is_walked_in_order_and_keeps_its_filter() {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");
        var address = "/api/v1/audit-events?tenant=" + tenant + "&page_size=1";

        var seen = Walk.ids(Callers::alice, address, "events");

        assertThat(seen).hasSize(2).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void the_last_page_names_no_next_one() {
        var tenant = Onboarding.activeTenant("starter", "alice@example.com");

        var page = Callers.alice().get("/api/v1/audit-events?page_size=500&tenant=" + tenant);

        assertThat(page.header("Link")).isNull();
        assertThat(page.<String>path("next_page_token")).isNull();
    }

    private static String onboarded() {
        return Onboarding.ask(Onboarding.freshSlug(), "starter", "alice@example.com")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}
