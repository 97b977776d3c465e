package io.autostack.tenancy.fleet;

import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.UuidV7;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tenants of a rollout, each with how far it is.
@ApplicationScoped
class RolloutTenants implements PanacheRepositoryBase<RolloutTenant, UUID> {

    private static final String COUNTS = """
            select rollout_id, wave,
                   count(*) filter (where state = 'waiting'), count(*) filter (where state = 'running'),
                   count(*) filter (where state = 'done'), count(*) filter (where state = 'failed'),
                   count(*) filter (where state = 'skipped'),
                   count(*) filter (where state = 'running' and message is not null)
              from tenancy.rollout_tenant where rollout_id in (:rollouts)
             group by rollout_id, wave order by wave
            """;

    /// Whose migration waits for something of the tenant's own: it goes on trying, and nobody waits for it any more.
    private static final String HELD_UP = """
            update tenancy.rollout_tenant p set message = o.message, put_off_at = coalesce(p.put_off_at, o.started_at)
              from provisioning.operation o
             where p.rollout_id = :rollout and p.state = 'running' and o.id = p.operation and o.state = 'running'
               and o.message is not null and o.started_at < clock_timestamp() - make_interval(secs => :patience)
               and p.message is distinct from o.message
            """;

    /// Those who have been put off for some time come with the rest, so that their wave does not wait for them.
    private static final String LAST = """
            update tenancy.rollout_tenant set wave = :rest
             where rollout_id = :rollout and wave < :rest and state in ('waiting', 'running')
               and put_off_at < clock_timestamp() - make_interval(secs => :patience)
            """;

    /// There is always one on whom a version is tried before it comes to several.
    private static final String ANOTHER_CANARY = """
            update tenancy.rollout_tenant set wave = :canary
             where id = (select id from tenancy.rollout_tenant
                          where rollout_id = :rollout and state = 'waiting' and put_off_at is null
                          order by wave, position limit 1)
               and not exists (select from tenancy.rollout_tenant
                                where rollout_id = :rollout and (wave = :canary and state <> 'skipped' or state = 'done'))
            """;

    /// Nobody who came while the rollout was under way is forgotten, unless he began at its version anyway.
    private static final String LATECOMERS = """
            select t.id from tenancy.tenant t
              left join tenancy.tenant_schema s on s.tenant_id = t.id
             where t.status in ('active', 'suspended') and s.version is distinct from :version
               and not exists (select from tenancy.rollout_tenant p
                                where p.rollout_id = :rollout and p.tenant_id = t.id)
             order by t.id
            """;

    /// They come in this order, after those that are there.
    void add(UUID rollout, List<Waves.Place> places) {
        int position = (int) count("rolloutId", rollout);
        for (var place : places)
            persist(new RolloutTenant(UuidV7.next(), rollout, place.tenant(), position++, place.wave()));
    }

    List<WaveCount> counts(UUID rollout) {
        return counts(List.of(rollout)).getOrDefault(rollout, List.of());
    }

    /// The waves of several rollouts, which are asked for together. One without tenants has none.
    Map<UUID, List<WaveCount>> counts(Collection<UUID> rollouts) {
        if (rollouts.isEmpty()) return Map.of();
        flush();
        return getSession()
                .createNativeQuery(COUNTS, Object[].class)
                .setParameterList("rollouts", rollouts)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        row -> (UUID) row[0],
                        Collectors.mapping(
                                row -> new WaveCount(
                                        number(row[1]),
                                        number(row[2]),
                                        number(row[3]),
                                        number(row[4]),
                                        number(row[5]),
                                        number(row[6]),
                                        number(row[7])),
                                Collectors.toList())));
    }

    /// Nobody waits longer than that for a tenant whose migration cannot begin, or does not get on.
    void passOver(UUID rollout, Duration patience) {
        flush();
        var seconds = patience.toMillis() / 1000.0;
        getSession()
                .createNativeMutationQuery(HELD_UP)
                .setParameter("rollout", rollout)
                .setParameter("patience", seconds)
                .executeUpdate();
        int passed = getSession()
                .createNativeMutationQuery(LAST)
                .setParameter("rollout", rollout)
                .setParameter("patience", seconds)
                .setParameter("rest", Waves.REST)
                .executeUpdate();
        if (passed == 0) return;
        getSession()
                .createNativeMutationQuery(ANOTHER_CANARY)
                .setParameter("rollout", rollout)
                .setParameter("canary", Waves.CANARY)
                .executeUpdate();
        getEntityManager().clear();
    }

    List<UUID> latecomers(UUID rollout, String version) {
        return getSession()
                .createNativeQuery(LATECOMERS, UUID.class)
                .setParameter("rollout", rollout)
                .setParameter("version", version)
                .getResultList();
    }

    /// Those that were put off come after those that were not.
    List<RolloutTenant> waiting(UUID rollout, int wave, int max) {
        return find(
                        "rolloutId = ?1 and wave = ?2 and state = ?3"
                                + " order by case when putOffAt is null then 0 else 1 end, position",
                        rollout,
                        wave,
                        PartState.WAITING.word())
                .range(0, max - 1)
                .list();
    }

    /// Of several rollouts, those of each in the order in which they came.
    List<RolloutTenant> failed(Collection<UUID> rollouts) {
        return rollouts.isEmpty()
                ? List.of()
                : list("rolloutId in ?1 and state = ?2", Sort.by("position"), rollouts, PartState.FAILED.word());
    }

    /// In the order in which they come.
    Page<RolloutTenant> page(UUID rollout, PageRequest request) {
        var rows = find("rolloutId = ?1 and position > ?2", Sort.by("position"), rollout, behind(request))
                .range(0, request.size())
                .list();
        return Page.of(rows, request.size(), part -> Integer.toString(part.position));
    }

    private static int behind(PageRequest request) {
        var after = request.after();
        if (after == null) return -1;
        try {
            return Integer.parseInt(after);
        } catch (NumberFormatException _) {
            throw Problem.field("page_token", "is not one that this list gave out; start again without it")
                    .exception();
        }
    }

    void begin(UUID part, UUID operation) {
        update("state = ?1, operation = ?2, message = null where id = ?3", PartState.RUNNING.word(), operation, part);
    }

    /// It stays where it is in its wave.
    void putOff(UUID part, String why) {
        update(
                "message = ?1, putOffAt = coalesce(putOffAt, instant) where id = ?2 and message is distinct from ?1",
                why,
                part);
    }

    /// What the operation did was about a database that the tenant has no more.
    void again(UUID operation) {
        update(
                "state = ?1 where operation = ?2 and state in ?3",
                PartState.WAITING.word(),
                operation,
                List.of(PartState.RUNNING.word(), PartState.FAILED.word()));
    }

    /// It comes after those that nothing stands in the way of.
    void waitAgain(UUID operation, String why) {
        update(
                "state = ?1, message = ?2, putOffAt = coalesce(putOffAt, instant) where operation = ?3 and state in ?4",
                PartState.WAITING.word(),
                why,
                operation,
                List.of(PartState.RUNNING.word(), PartState.FAILED.word()));
    }

    void skip(UUID part, String why) {
        update("state = ?1, message = ?2 where id = ?3", PartState.SKIPPED.word(), why, part);
    }

    /// @return false when the operation is not the one that the part waits for
    boolean complete(
            UUID operation,
            PartState to,
            SchemaReading.Observed from,
            SchemaReading.@Nullable Observed reached,
            @Nullable String message) {
        return update(
                        "state = ?1, fromVersion = ?2, fromFingerprint = ?3, toVersion = ?4, toFingerprint = ?5,"
                                + " message = ?6 where operation = ?7 and state in ?8",
                        to.word(),
                        from.version(),
                        from.fingerprint(),
                        reached == null ? null : reached.version(),
                        reached == null ? null : reached.fingerprint(),
                        message,
                        operation,
                        List.of(PartState.RUNNING.word(), PartState.FAILED.word()))
                == 1;
    }

    boolean holds(UUID operation) {
        return count("operation", operation) > 0;
    }

    void goOn(UUID operation) {
        update(
                "state = ?1, message = null where operation = ?2 and state = ?3",
                PartState.RUNNING.word(),
                operation,
                PartState.FAILED.word());
    }

    void tryAgain(UUID rollout) {
        update(
                "state = ?1 where rolloutId = ?2 and state = ?3",
                PartState.WAITING.word(),
                rollout,
                PartState.FAILED.word());
    }

    void leaveOut(UUID rollout, String why) {
        update(
                "state = ?1, message = ?2 where rolloutId = ?3 and state = ?4",
                PartState.SKIPPED.word(),
                why,
                rollout,
                PartState.WAITING.word());
    }

    private static int number(Object column) {
        return ((Number) column).intValue();
    }
}
