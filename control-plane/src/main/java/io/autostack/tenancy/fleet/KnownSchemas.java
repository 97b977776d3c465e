package io.autostack.tenancy.fleet;

import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.tenancy.TenantActivated;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The schema of every tenant's database as it was when it was last looked at.
@ApplicationScoped
public class KnownSchemas implements PanacheRepositoryBase<TenantSchema, UUID> {

    private static final String NOTE = """
            insert into tenancy.tenant_schema as known (tenant_id, version, fingerprint, read_at)
            values (:tenant, cast(:version as text), cast(:fingerprint as text), :at)
            on conflict (tenant_id) do update
               set version = coalesce(excluded.version, known.version),
                   fingerprint = coalesce(excluded.fingerprint, known.fingerprint), read_at = excluded.read_at
            """;

    private static final String REPLACE = """
            insert into tenancy.tenant_schema (tenant_id, version, fingerprint, read_at)
            values (:tenant, nullif(cast(:version as text), ''), nullif(cast(:fingerprint as text), ''),
                    case when cast(:version as text) <> '' then cast(:at as timestamptz) end)
            on conflict (tenant_id) do update
               set version = excluded.version, fingerprint = excluded.fingerprint, read_at = excluded.read_at
            """;

    private static final String DUE = """
            select t.id from tenancy.tenant t left join tenancy.tenant_schema s on s.tenant_id = t.id
             where t.status in ('active', 'suspended') and (s.read_at is null or s.read_at < :before)
             order by s.read_at nulls first, t.id limit :most
            """;

    private static final String GROUPS = """
            select s.version, s.fingerprint, count(*), min(cast(t.id as text)), count(*) filter (where s.read_at is null)
              from tenancy.tenant t left join tenancy.tenant_schema s on s.tenant_id = t.id
             where t.status in ('active', 'suspended')
             group by s.version, s.fingerprint
            """;

    /// In the order in which they are asked for, then by name.
    private static final String WITH = """
            select t.id, asked.position
              from unnest(cast(:versions as text[]), cast(:fingerprints as text[]))
                   with ordinality asked (version, fingerprint, position)
              join tenancy.tenant_schema s on s.version = asked.version and s.fingerprint = asked.fingerprint
              join tenancy.tenant t on t.id = s.tenant_id
             where t.status in ('active', 'suspended')
             order by asked.position, t.name, t.id limit :most
            """;

    private final InstantSource clock;

    @Inject
    KnownSchemas(InstantSource clock) {
        this.clock = clock;
    }

    /// @param found null when it could not be read: what was known before stays
    void note(UUID tenant, SchemaReading.@Nullable Observed found) {
        getSession()
                .createNativeQuery(NOTE)
                .setParameter("tenant", tenant)
                .setParameter("version", found == null ? null : found.version())
                .setParameter("fingerprint", found == null ? null : found.fingerprint())
                .setParameter("at", clock.instant())
                .executeUpdate();
    }

    void tenantActivated(@Observes TenantActivated activated) {
        replace(activated.tenant(), activated.schema());
    }

    /// Another database leads to the tenant: what was known about the one before says nothing about this one.
    ///
    /// @param found empty words when nobody has read it; then it is looked at soon
    public void replace(UUID tenant, SchemaReading.Observed found) {
        getSession()
                .createNativeQuery(REPLACE)
                .setParameter("tenant", tenant)
                .setParameter("version", found.version())
                .setParameter("fingerprint", found.fingerprint())
                .setParameter("at", clock.instant())
                .executeUpdate();
    }

    void refresh() {
        update("readAt = null");
    }

    /// Those that were not looked at for that long, longest first.
    List<UUID> due(Duration old, int max) {
        return getSession()
                .createNativeQuery(DUE, UUID.class)
                .setParameter("before", clock.instant().minus(old))
                .setParameter("most", max)
                .getResultList();
    }

    /// Tenants that have the same schema.
    ///
    /// @param version null with those that nobody has read yet
    /// @param oldest id of the oldest of them
    /// @param unread how many nobody has looked at since they came, or since somebody asked to look again
    record Group(@Nullable String version, @Nullable String fingerprint, int tenants, String oldest, int unread) {}

    List<Group> groups() {
        return getSession()
                .createNativeQuery(GROUPS, Object[].class)
                .getResultStream()
                .map(row -> new Group(
                        (@Nullable String) row[0],
                        (@Nullable String) row[1],
                        ((Number) row[2]).intValue(),
                        (String) row[3],
                        ((Number) row[4]).intValue()))
                .toList();
    }

    /// A fingerprint that is not the usual one of its version.
    record Unusual(String version, String fingerprint, String usual) {}

    /// A tenant that has one.
    record Drifted(UUID tenant, Unusual from) {}

    List<Drifted> tenantsWith(List<Unusual> prints, int max) {
        if (prints.isEmpty()) return List.of();
        return getSession()
                .createNativeQuery(WITH, Object[].class)
                .setParameter("versions", prints.stream().map(Unusual::version).toArray(String[]::new))
                .setParameter(
                        "fingerprints",
                        prints.stream().map(Unusual::fingerprint).toArray(String[]::new))
                .setParameter("most", max)
                .getResultStream()
                .map(row -> new Drifted((UUID) row[0], prints.get(((Number) row[1]).intValue() - 1)))
                .toList();
    }

    /// As far as they are known.
    Map<UUID, String> versions() {
        return list("version is not null").stream()
                .collect(Collectors.toMap(
                        schema -> schema.tenantId, schema -> schema.version == null ? "" : schema.version));
    }
}
