package io.autostack.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autostack.jdbc.Query;
import io.autostack.shared.Hits;
import io.autostack.shared.ListColumns;
import io.autostack.shared.ListColumns.Column;
import io.autostack.shared.ListColumns.Key;
import io.autostack.shared.ListColumns.Kind;
import io.autostack.shared.ListRequest;
import io.autostack.shared.ListSql;
import io.autostack.shared.Page;
import io.autostack.shared.UuidV7;
import io.opentelemetry.api.trace.Span;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes history in the transaction that makes it, and reads it as far as the current database scope sees.
@ApplicationScoped
public class Audit implements PanacheRepositoryBase<AuditEvent, UUID> {

    private static final Key<Entry> AT = new Key<>("e.at", Kind.MOMENT, Entry::at);
    private static final Key<Entry> ID = new Key<>("e.id", Kind.ID, Entry::id);

    /// By what the history can be ordered.
    public static final ListColumns<Entry> COLUMNS = ListColumns.of(
            "-time",
            Column.latestFirst("time", AT, ID),
            Column.of("actor", new Key<>("e.actor", Kind.TEXT, Entry::actor), AT, ID),
            Column.of("action", new Key<>("e.action", Kind.TEXT, Entry::action), AT, ID));

    private static final String FROM = "from audit.event e";
    static final String SEARCHED = "e.search";
    static final String SELECT = "select e.* " + FROM;

    private static final String LATEST = """
            select id, at, actor, actor_kind, tenant_id, action, object_type, object_id, details, trace_id
              from audit.event where tenant_id = ? order by at desc, id desc limit ?
            """;
    private static final ObjectReader DETAILS = new JsonMapper().readerForMapOf(Object.class);

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

    /// The newest lines of one tenant.
    public Query<List<Entry>> latest(UUID tenant, int max) {
        return Query.list(LATEST, Audit::entry, tenant, max);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        try {
            return new Entry(
                    row.getObject("id", UUID.class),
                    row.getTimestamp("at").toInstant(),
                    row.getString("actor"),
                    row.getString("actor_kind"),
                    row.getObject("tenant_id", UUID.class),
                    row.getString("action"),
                    row.getString("object_type"),
                    row.getString("object_id"),
                    DETAILS.readValue(row.getString("details")),
                    row.getString("trace_id"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("details of history are always an object", e);
        }
    }

    public Found find(Filter filter, ListRequest<Entry> request) {
        var sql = filter.narrow(new ListSql<>(request, SEARCHED));
        var rows = sql.rows(SELECT).list(getEntityManager(), AuditEvent.class).stream()
                .map(AuditEvent::entry)
                .toList();
        var page = request.page(rows);
        return new Found(page, Hits.of(page, request, sql, FROM, getEntityManager()));
    }

    /// A page of history, and how many lines there are on all pages.
    public record Found(Page<Entry> page, Hits hits) {}

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
    ///
    /// @param object id of what was changed
    public record Filter(
            @Nullable UUID tenant,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String object,
            @Nullable Instant from,
            @Nullable Instant to) {

        <T> ListSql<T> narrow(ListSql<T> sql) {
            return sql.where("e.tenant_id = ?", tenant)
                    .where("e.actor = ?", actor)
                    .where("e.action = ?", action)
                    .where("e.object_id = ?", object)
                    .where("e.at >= ?", from)
                    .where("e.at < ?", to);
        }
    }
}
