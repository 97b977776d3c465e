package io.autostack.provisioning.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.LivesElsewhere;
import io.autostack.provisioning.cloud.PlatformDatabase;
import io.autostack.provisioning.cloud.TaggedResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file of a snapshot that the replica on another machine wrote: it is seen here, and not said to be removed.
@QuarkusTest
class DumpsOfTwoHomesTest {

    private static final String SNAPSHOT = "snapshot_of_another_home";

    private final UUID tenant = UUID.randomUUID();
    private final Cloud cloud;
    private final DumpRegister here;
    private final PlatformDatabase database;

    @TempDir
    Path otherHome;

    @Inject
    DumpsOfTwoHomesTest(Cloud cloud, DumpRegister here, PlatformDatabase database) {
        this.cloud = cloud;
        this.here = here;
        this.database = database;
    }

    @AfterEach
    void forget() {
        otherReplica().removed(tenant, SNAPSHOT);
    }

    @Test
    void a_file_on_another_machine_is_removed_by_the_replica_there_and_nothing_is_certified_before() {
        otherReplica().note(tenant, SNAPSHOT);

        assertThat(cloud.findTaggedResources(tenant))
                .contains(new TaggedResource(TaggedResource.Kind.DUMP, SNAPSHOT + ".dump"));
        assertThatThrownBy(() -> cloud.removeTaggedResources(tenant, TaggedResource.Kind.DUMP))
                .isInstanceOf(LivesElsewhere.class)
                .hasMessageContaining("is on the host");
        assertThatThrownBy(() -> cloud.removeSnapshot(tenant, SNAPSHOT)).isInstanceOf(LivesElsewhere.class);

        otherReplica().removed(tenant, SNAPSHOT);

        assertThat(cloud.findTaggedResources(tenant)).isEmpty();
        assertThat(cloud.removeSnapshot(tenant, SNAPSHOT)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void a_file_that_was_begun_here_and_never_written_is_forgotten_with_the_rest() {
        here.note(tenant, SNAPSHOT);

        assertThat(cloud.removeTaggedResources(tenant, TaggedResource.Kind.DUMP))
                .isInstanceOf(Outcome.Done.class);

        assertThat(cloud.findTaggedResources(tenant)).isEmpty();
    }

    private DumpRegister otherReplica() {
        return new DumpRegister(database, new Home(otherHome));
    }
}
