package io.autostack.tenancy.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.cloud.ObservedResource;
import io.autostack.provisioning.cloud.ObservedResource.Kind;
import io.autostack.tenancy.upkeep.Orphanage.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrphanageTest {

    private static final UUID TENANT = UUID.randomUUID();

    @Test
    void what_a_tenant_owns_is_no_orphan() {
        assertThat(orphans("tenant_acme", Map.of(TENANT, Standing.OWNS))).isEmpty();
    }

    @Test
    void what_is_tagged_with_a_tenant_that_is_not_there_is_one() {
        assertThat(orphans("tenant_acme", Map.of())).containsExactly("no such tenant");
        assertThat(orphans("snapshot_acme_1", Map.of())).containsExactly("no such tenant");
    }

    @Test
    void of_a_closed_tenant_everything_is_kept_that_brings_it_back_and_nothing_else() {
        var closed = Map.of(TENANT, Standing.CLOSED);
        assertThat(orphans("tenant_acme", closed)).containsExactly("its tenant is closed");
        assertThat(orphans("snapshot_acme_1", closed)).isEmpty();
        assertThat(orphans(Kind.ROLE, "snapshot_acme_1", closed)).isEmpty();
        assertThat(orphans(Kind.ROLE, "tenant_acme", closed)).hasSize(1);
        assertThat(orphans(Kind.SECRET, "tenants/acme/database", closed)).isEmpty();
        assertThat(orphans(Kind.CLUSTER, TENANT.toString(), closed)).isEmpty();
        assertThat(orphans(Kind.ROUTE, "acme.localhost", closed)).hasSize(1);
    }

    @Test
    void of_a_tenant_that_is_gone_nothing_is_kept() {
        var gone = Map.of(TENANT, Standing.GONE);
        assertThat(orphans("snapshot_acme_1", gone)).containsExactly("its tenant is gone");
        assertThat(orphans(Kind.SECRET, "tenants/acme/database", gone)).hasSize(1);
        assertThat(orphans(Kind.CLUSTER, TENANT.toString(), gone)).hasSize(1);
    }

    @Test
    void what_carries_no_tag_of_ours_is_nobodys_business() {
        assertThat(Orphanage.of(
                        List.of(new ObservedResource(Kind.ROLE, "tenant_somebody", Optional.empty(), Map.of())),
                        Map.of()))
                .isEmpty();
    }

    private static List<String> orphans(String database, Map<UUID, Standing> standings) {
        return orphans(Kind.DATABASE, database, standings);
    }

    private static List<String> orphans(Kind kind, String name, Map<UUID, Standing> standings) {
        return Orphanage.of(List.of(new ObservedResource(kind, name, Optional.of(TENANT), Map.of())), standings)
                .stream()
                .map(Orphanage.Orphan::why)
                .toList();
    }
}
