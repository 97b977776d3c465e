package io.autostack.tenancy.closing;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/// The closings that the current database scope sees.
@ApplicationScoped
public class Closings implements PanacheRepositoryBase<Closing, UUID> {

    private static final String OVERDUE = """
            select c.* from tenancy.closing c
             where c.reopened_at is null and c.deleted_at is null and c.retained_until <= now()
               and not exists (select 1 from provisioning.operation o where o.request_key = 'delete-tenant:' || c.id)
             order by c.retained_until
            """;

    private static final String OPEN = " and reopenedAt is null and deletedAt is null";

    /// The last one of a tenant, however it ended.
    public Optional<ClosedTenant> latest(UUID tenant) {
        return find("tenantId", Sort.descending("closedAt"), tenant)
                .firstResultOptional()
                .map(Closing::row);
    }

    /// Those whose clock has run out and whose deletion nobody has asked for, the longest overdue first.
    List<ClosedTenant> overdue(int max) {
        return getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery(OVERDUE, Closing.class)
                .setMaxResults(max)
                .getResultList()
                .stream()
                .map(Closing::row)
                .toList();
    }

    /// The database's time, which all replicas share: a machine whose clock runs ahead deletes nothing too early.
    Instant now() {
        return getEntityManager()
                .unwrap(Session.class)
                .createNativeQuery("select now()", Instant.class)
                .getSingleResult();
    }

    ClosedTenant open(Closing closing) {
        persist(closing);
        flush();
        return closing.row();
    }

    boolean reopened(UUID tenant, Instant at) {
        return update("reopenedAt = ?1 where tenantId = ?2" + OPEN, at, tenant) == 1;
    }

    boolean deleted(UUID id, Instant at) {
        return update("deletedAt = ?1 where id = ?2" + OPEN, at, id) == 1;
    }
}
