package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.testing.Callers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// What pages and hints say where the cloud is one machine.
@QuarkusTest
class LocalPagesTest {

    private final CloudDescription description;

    @Inject
    LocalPagesTest(CloudDescription description) {
        this.description = description;
    }

    @Test
    void the_form_that_onboards_offers_both_places_for_the_database() {
        assertThat(read("/tenants/new"))
                .contains(
                        "name=\"database\" value=\"\" checked>",
                        "name=\"database\" value=\"shared\">",
                        "name=\"database\" value=\"dedicated\">",
                        "A PostgreSQL process and a data directory for this tenant alone.");
    }

    @Test
    void hints_lead_to_docker_and_there_is_nothing_to_warn_of() {
        assertThat(description.hints().container()).contains("docker ps");
        assertThat(description.warning()).isEmpty();
        assertThat(read("/")).doesNotContain("Warning about this platform");
    }

    private static String read(String path) {
        return Callers.operator()
                .accept("text/html")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
