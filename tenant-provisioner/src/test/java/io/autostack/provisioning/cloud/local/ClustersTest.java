package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClustersTest {

    @Test
    void without_programs_nobody_gets_a_cluster() {
        assertThat(Clusters.obstacle(Optional.empty()))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("choose the shared server"));
    }

    @Test
    void with_programs_there_is_no_obstacle() {
        assertThat(Clusters.obstacle(Optional.of(Path.of("postgres")))).isEmpty();
    }
}
