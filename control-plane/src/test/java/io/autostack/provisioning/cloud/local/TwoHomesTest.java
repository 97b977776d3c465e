package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.local.postgres.PostgresServer;
import io.autostack.provisioning.cloud.LivesElsewhere;
import io.autostack.testing.Server;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dedicated cluster is on one machine. A replica on another one, with a home of its own and the same database,
/// knows that.
@QuarkusTest
class TwoHomesTest {

    private final Clusters clusters;
    private final ClusterRegister register;
    private final PreparedCluster prepared;
    private final SecretStore secrets;
    private final Optional<Path> programs;
    private final Home home;
    private final UUID tenant = UUID.randomUUID();

    @TempDir
    Path otherHome;

    @Inject
    TwoHomesTest(
            Clusters clusters,
            ClusterRegister register,
            PreparedCluster prepared,
            SecretStore secrets,
            Home home,
            @ConfigProperty(name = "autostack.cloud.local.programs") Optional<Path> programs) {
        this.clusters = clusters;
        this.register = register;
        this.prepared = prepared;
        this.secrets = secrets;
        this.home = home;
        this.programs = programs;
    }

    @BeforeEach
    void a_cluster() {
        clusters.ensure(tenant);
    }

    @AfterEach
    void remove() {
        clusters.remove(tenant);
    }

    @Test
    void another_replica_says_where_a_cluster_lives_and_makes_no_empty_one() {
        var other = otherReplica();

        assertThatThrownBy(() -> other.ensure(tenant))
                .isInstanceOf(LivesElsewhere.class)
                .hasMessageContaining("lives on the host “" + home.host() + "”");
        assertThatThrownBy(() -> other.find(tenant)).isInstanceOf(LivesElsewhere.class);
        assertThat(other.findAddress(tenant)).isEmpty();
        assertThat(otherHome.resolve("clusters").resolve(tenant.toString())).doesNotExist();
    }

    @Test
    void another_replica_neither_forgets_nor_removes_a_cluster() {
        var other = otherReplica();

        assertThatThrownBy(() -> other.remove(tenant)).isInstanceOf(LivesElsewhere.class);
        assertThatThrownBy(() -> other.removeAll(tenant)).isInstanceOf(LivesElsewhere.class);

        assertThat(register.inUse()).extracting(ClusterRegister.Entry::tenant).contains(tenant);
        assertThat(clusters.find(tenant)).isPresent();
    }

    @Test
    void another_replica_does_not_start_a_cluster_and_its_own_does() throws Exception {
        var folder = home.folder().resolve("clusters").resolve(tenant.toString());
        var server = PostgresServer.running(folder).orElseThrow();
        server.destroyForcibly();
        server.onExit().get();

        // The platform of this test may have started it again already: it is its own.
        otherReplica().startAll();
        assertThat(Files.exists(otherHome.resolve("clusters").resolve(tenant.toString())))
                .isFalse();

        clusters.startAll();
        assertThat(PostgresServer.running(folder)).isPresent();
    }

    @Test
    void a_cluster_of_an_earlier_version_belongs_to_whoever_has_its_data() throws SQLException {
        Server.execute(
                "autostack",
                "update provisioning.cluster set home = null, host = null where tenant_id = '" + tenant + "'");

        assertThatThrownBy(() -> otherReplica().ensure(tenant))
                .isInstanceOf(LivesElsewhere.class)
                .hasMessageContaining("another host");
        clusters.startAll();

        assertThat(register.find(tenant).orElseThrow().home()).contains(home.id());
    }

    @Test
    void a_home_keeps_its_id_and_no_two_have_the_same() {
        assertThat(new Home(otherHome).id()).isEqualTo(new Home(otherHome).id()).isNotEqualTo(home.id());
    }

    private Clusters otherReplica() {
        return new Clusters(register, prepared, secrets, new Home(otherHome), programs);
    }
}
