package io.autostack.audit;

import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.shared.UuidV7;
import io.opentelemetry.api.trace.Span;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes history in the transaction that makes it, and reads it as far as the current database scope sees.
@ApplicationScoped
public class Audit implements PanacheRepositoryBase<AuditEvent, UUID> {

    private final InstantSource clock;

    @Inject
    Audit(InstantSource clock) {
        this.clock = clock;
    }

    /// Must be called inside the transaction that makes the change.
    ///
    /// @param tenant null for changes that belong to no tenant
    /// @param action a verb in the past with its noun, for example `tenant.onboarded`
    @Transactional(Transactional.TxType.MANDATORY)
    public void record(
            Actor actor,
            @Nullable UUID tenant,
            String action,
            String objectType,
            String objectId,
            Map<String, Object> details) {
        var span = Span.current().getSpanContext();
        persist(new AuditEvent(
                UuidV7.next(),
                clock.instant(),
                actor,
                tenant,
                action,
                objectType,
                objectId,
                details,
                span.isValid() ? span.getTraceId() : null));
        flush();
    }

    /// Newest first.
    public Page<Entry> page(Filter filter, PageRequest request) {
        var where = new ArrayList<String>();
        var values = new ArrayList<Object>();
        filter.addTo(where, values);
        request.afterId().ifPresent(after -> Filter.add(where, values, "id < ", after));
        var query = where.isEmpty()
                ? findAll(Sort.descending("id"))
                : find(String.join(" and ", where), Sort.descending("id"), values.toArray());
        List<AuditEvent> rows = query.range(0, request.size()).list();
        return Page.of(rows, request.size(), event -> event.id.toString()).map(AuditEvent::entry);
    }

    /// One line of history.
    public record Entry(
            UUID id,
            Instant at,
            String actor,
            String actorKind,
            @Nullable UUID tenant,
            String action,
            String objectType,
            String objectId,
            Map<String, Object> details,
            @Nullable String traceId) {}

    /// Narrows the history; null means any.
    public record Filter(
            @Nullable UUID tenant,
            @Nullable String actor,
            @Nullable String object,
            @Nullable Instant from,
            @Nullable Instant to) {

        public static final Filter NONE = new Filter(null, null, null, null, null);

        void addTo(List<String> where, List<Object> values) {
            if (tenant != null) add(where, values, "tenantId = ", tenant);
            if (actor != null) add(where, values, "actor = ", actor);
            if (object != null) add(where, values, "objectId = ", object);
            if (from != null) add(where, values, "at >= ", from);
            if (to != null) add(where, values, "at < ", to);
        }

        private static void add(List<String> where, List<Object> values, String condition, Object value) {
            values.add(value);
            where.add(condition + "?" + values.size());
        }
    }
}
