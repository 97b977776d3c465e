package io.autostack.tenancy;

import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.shared.ListSql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tenants that the current database scope sees.
@ApplicationScoped
public class Tenants implements PanacheRepositoryBase<Tenant, UUID> {

    private final Plans plans;

    @Inject
    Tenants(Plans plans) {
        this.plans = plans;
    }

    public Optional<TenantRow> find(String idOrSlug) {
        var found = uuid(idOrSlug).map(this::findById).orElse(null);
        if (found == null && Slugs.isForm(idOrSlug))
            found = find("slug", Sort.descending("id"), idOrSlug).firstResult();
        return Optional.ofNullable(found).map(this::row);
    }

    public Optional<TenantRow> find(UUID id) {
        return Optional.ofNullable(findById(id)).map(this::row);
    }

    /// What a statement for a list finds.
    List<TenantRow> read(ListSql.Statement statement) {
        return statement.list(getEntityManager(), Tenant.class).stream()
                .map(this::row)
                .toList();
    }

    /// By name.
    public List<TenantRow> all(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : list("id in ?1", Sort.by("name"), ids).stream().map(this::row).toList();
    }

    List<TenantRow> suspended() {
        return list("status = ?1 and goneAt is null", TenantStatus.SUSPENDED.word()).stream()
                .map(this::row)
                .toList();
    }

    /// Every tenant that is or was served, in the order they signed up.
    public List<TenantRow> all() {
        return listAll(Sort.by("id")).stream().map(this::row).toList();
    }

    /// Who has the short name now, whatever became of it.
    Optional<TenantRow> findHolder(String slug) {
        return find("slug = ?1 and goneAt is null", slug).firstResultOptional().map(this::row);
    }

    /// A status that no tenant has is not there.
    public Map<TenantStatus, Long> countByStatus() {
        return getEntityManager()
                .createQuery("select status, count(*) from Tenant group by status", Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> TenantStatus.of((String) row[0]), row -> (Long) row[1]));
    }

    /// A tenant of which nothing is left has given its short name back.
    boolean isTaken(String slug) {
        return count("slug = ?1 and goneAt is null", slug) > 0;
    }

    /// Whether a closed tenant that can still come back holds the short name.
    boolean isTakenByClosed(String slug) {
        return count("slug = ?1 and goneAt is null and status = ?2", slug, TenantStatus.CLOSED.word()) > 0;
    }

    TenantRow open(
            UUID id,
            String slug,
            String name,
            PlanVersion plan,
            Environment environment,
            Placement placement,
            String adminEmail,
            Instant at) {
        var tenant = new Tenant(id, slug, name, plan.plan(), plan.version(), environment, placement, adminEmail, at);
        persist(tenant);
        return row(tenant);
    }

    /// Waits until no other transaction decides about this tenant, so that two requests cannot both take the last
    /// free place of a limit.
    ///
    /// @return the tenant as whoever was faster has left it: what was read before is not looked at again
    public TenantRow lock(UUID id) {
        var entities = getEntityManager();
        entities.createNativeQuery("select id from tenancy.tenant where id = :id for no key update")
                .setParameter("id", id)
                .getSingleResult();
        var tenant = findById(id);
        entities.refresh(tenant);
        return row(tenant);
    }

    /// The same without waiting, for whoever has others to look after.
    ///
    /// @return empty when somebody else has it
    public Optional<TenantRow> tryLock(UUID id) {
        var entities = getEntityManager();
        var locked = entities.createNativeQuery(
                        "select id from tenancy.tenant where id = :id for no key update skip locked")
                .setParameter("id", id)
                .getResultList();
        if (locked.isEmpty()) return Optional.empty();
        var tenant = findById(id);
        entities.refresh(tenant);
        return Optional.of(row(tenant));
    }

    /// @return false when the tenant is not on the plan version that it is said to come from
    public boolean move(UUID id, String fromPlan, int fromVersion, String toPlan, int toVersion) {
        return update(
                        "plan = ?1, planVersion = ?2 where id = ?3 and plan = ?4 and planVersion = ?5",
                        toPlan,
                        toVersion,
                        id,
                        fromPlan,
                        fromVersion)
                == 1;
    }

    /// @return false when the tenant's database is no longer the one that it is said to come from
    public boolean moveDatabase(UUID id, String fromName, TenantRow.DatabaseFacts to) {
        return update(
                        "databaseHost = ?1, databasePort = ?2, databaseName = ?3, databaseSecret = ?4"
                                + " where id = ?5 and databaseName = ?6",
                        to.host(),
                        to.port(),
                        to.name(),
                        to.secret(),
                        id,
                        fromName)
                == 1;
    }

    /// Leads the tenant to another database.
    ///
    /// @return false when its database is no longer the one that it is said to come from
    public boolean cutOver(
            UUID id, String fromName, TenantRow.DatabaseFacts to, Placement placement, Environment environment) {
        return update(
                        "databaseHost = ?1, databasePort = ?2, databaseName = ?3, databaseSecret = ?4,"
                                + " databasePlacement = ?5, environment = ?6 where id = ?7 and databaseName = ?8",
                        to.host(),
                        to.port(),
                        to.name(),
                        to.secret(),
                        placement.word(),
                        environment.word(),
                        id,
                        fromName)
                == 1;
    }

    boolean activate(UUID id, String url, TenantRow.DatabaseFacts database) {
        return update(
                        "status = ?1, url = ?2, databaseHost = ?3, databasePort = ?4, databaseName = ?5,"
                                + " databaseSecret = ?6 where id = ?7 and status = ?8",
                        TenantStatus.ACTIVE.word(),
                        url,
                        database.host(),
                        database.port(),
                        database.name(),
                        database.secret(),
                        id,
                        TenantStatus.PROVISIONING.word())
                == 1;
    }

    /// Nothing of a closed tenant is left: neither an address nor a database, and its short name is free.
    public boolean forget(UUID id, Instant at) {
        return update(
                        "goneAt = ?1, url = null, databaseHost = null, databasePort = null, databaseName = null,"
                                + " databaseSecret = null where id = ?2 and status = ?3 and goneAt is null",
                        at,
                        id,
                        TenantStatus.CLOSED.word())
                == 1;
    }

    /// @return false when somebody was faster
    public boolean change(UUID id, TenantStatus from, TenantStatus to) {
        return update("status = ?1 where id = ?2 and status = ?3", to.word(), id, from.word()) == 1;
    }

    TenantRow row(Tenant tenant) {
        return new TenantRow(
                tenant.id,
                tenant.slug,
                tenant.name,
                TenantStatus.of(tenant.status),
                plans.get(tenant.plan, tenant.planVersion),
                Environment.of(tenant.environment),
                Placement.of(tenant.databasePlacement),
                tenant.adminEmail,
                Optional.ofNullable(tenant.url),
                database(tenant.databaseHost, tenant.databasePort, tenant.databaseName, tenant.databaseSecret),
                tenant.createdAt);
    }

    private static Optional<TenantRow.DatabaseFacts> database(
            @Nullable String host, @Nullable Integer port, @Nullable String name, @Nullable String secret) {
        if (host == null || port == null || name == null || secret == null) return Optional.empty();
        return Optional.of(new TenantRow.DatabaseFacts("postgresql", host, port, name, secret));
    }

    static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
