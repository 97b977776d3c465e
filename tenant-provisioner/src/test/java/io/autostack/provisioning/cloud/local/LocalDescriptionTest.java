package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.CloudDescription.PlacementChoice;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.provisioning.cloud.Placement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalDescriptionTest {

    private final CloudDescription local = LocalDescription.get();

    @Test
    void a_container_is_looked_for_at_docker_and_a_database_in_its_log() {
        assertThat(local.hints().container()).contains("docker ps", "docker logs");
        assertThat(local.hints().database()).contains("./autostack logs postgres");
    }

    @Test
    void both_places_of_a_database_can_be_chosen_or_left_to_the_plan() {
        assertThat(local.onboarding().placements())
                .extracting(PlacementChoice::placement)
                .containsExactly(Optional.empty(), Optional.of(Placement.SHARED), Optional.of(Placement.DEDICATED));
    }

    @Test
    void what_is_not_real_is_said() {
        assertThat(local.simulates()).isTrue();
        assertThat(local.limits().copies())
                .hasValueSatisfying(said -> assertThat(said).contains("one copy"));
        assertThat(local.room().planningHelp()).contains("Nothing here uses them");
        assertThat(local.price().after()).contains("simulated", "nobody is charged");
        assertThat(local.warning()).isEmpty();
    }

    @Test
    void advice_about_a_cluster_names_its_folder() {
        assertThat(local.noun(Kind.CLUSTER)).isEqualTo("cluster");
        assertThat(local.server().silent("acme")).contains("clusters/acme of");
        assertThat(local.server().missing("acme")).contains("clusters/acme back");
    }
}
