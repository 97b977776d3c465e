package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.cloud.ContainerSpec;
import io.autostack.provisioning.cloud.Replicas;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Without an engine a container is simulated, and whatever is said of it says so.
class SimulatedContainersTest {

    private final UUID tenant = UUID.randomUUID();
    private final String name = "autostack-test--" + tenant;
    private final Containers containers = TestEngine.noContainers();

    @AfterEach
    void close() throws IOException {
        containers.close();
    }

    @Test
    void it_is_marked_as_simulated_wherever_it_is_named() {
        assertThat(containers.runtime().real()).isFalse();
        assertThat(containers.runtime().sentence()).contains("simulated");
        assertThat(containers.ensure(desired(tenant), secret -> Map.of()))
                .isInstanceOfSatisfying(Outcome.Done.class, done -> {
                    assertThat(done.simulated()).isTrue();
                    assertThat(done.evidence().get("runtime")).startsWith("simulated");
                });
    }

    @Test
    void it_has_no_log() {
        containers.ensure(desired(tenant), secret -> Map.of());

        assertThat(containers.output(tenant, name, 10)).isEqualTo(new ContainerOutput.None());
    }

    @Test
    void its_name_is_nobodys() {
        containers.ensure(desired(tenant), secret -> Map.of());

        assertThat(containers.ensure(desired(UUID.randomUUID()), secret -> Map.of()))
                .isInstanceOf(Outcome.Done.class);
    }

    private ContainerSpec desired(UUID owner) {
        return new ContainerSpec(
                owner,
                name,
                TestEngine.IMAGE,
                List.of(),
                BigDecimal.ONE,
                64,
                Replicas.ONE,
                0,
                null,
                Map.of(),
                Map.of(),
                Map.of());
    }
}
