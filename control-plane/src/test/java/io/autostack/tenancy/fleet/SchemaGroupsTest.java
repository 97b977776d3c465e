package io.autostack.tenancy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.SchemaVersions.Version;
import io.autostack.tenancy.fleet.KnownSchemas.Group;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaGroupsTest {

    private static final List<Version> KNOWN = List.of(new Version("1", "one"), new Version("2", "two"));

    @Test
    void what_most_have_is_usual_and_the_rest_has_drifted() {
        var versions =
                SchemaGroups.of(KNOWN, List.of(new Group("2", "odd", 1, "a", 0), new Group("2", "even", 5, "b", 0)));

        assertThat(versions).extracting(SchemaGroups.OfVersion::number).containsExactly("2", "1");
        assertThat(versions.getFirst().usual()).isEqualTo("even");
        assertThat(versions.getFirst().unusual()).containsExactly("odd");
        assertThat(versions.getFirst().tenants()).isEqualTo(6);
        assertThat(versions.getLast().tenants()).isZero();
        assertThat(versions.getLast().unusual()).isEmpty();
    }

    @Test
    void the_oldest_tenant_decides_between_as_many() {
        var versions =
                SchemaGroups.of(KNOWN, List.of(new Group("1", "late", 1, "b", 0), new Group("1", "early", 1, "a", 0)));

        assertThat(versions.getLast().usual()).isEqualTo("early");
    }

    @Test
    void a_version_without_a_file_is_shown_and_tenants_nobody_has_read_are_not() {
        var versions =
                SchemaGroups.of(KNOWN, List.of(new Group("7", "x", 2, "a", 0), new Group(null, null, 3, "b", 0)));

        assertThat(versions).extracting(SchemaGroups.OfVersion::number).containsExactly("2", "1", "7");
        assertThat(versions.getLast().known()).isFalse();
    }

    @Test
    void a_fingerprint_of_an_older_definition_is_no_drift() {
        var versions = SchemaGroups.of(
                KNOWN,
                List.of(
                        new Group("2", "old", 9, "a", 0),
                        new Group("2", "2:even", 2, "b", 0),
                        new Group("2", "2:odd", 1, "c", 0)));

        assertThat(versions.getFirst().usual()).isEqualTo("2:even");
        assertThat(versions.getFirst().unusual()).containsExactly("2:odd");
    }
}
