package io.autostack.operations;

import io.autostack.identity.Callers;
import io.autostack.provisioning.Operation.State;
import io.autostack.provisioning.Operations;
import io.autostack.shared.Hits;
import io.autostack.shared.ListColumns;
import io.autostack.shared.ListColumns.Column;
import io.autostack.shared.ListColumns.Key;
import io.autostack.shared.ListColumns.Kind;
import io.autostack.shared.ListRequest;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.ListSql;
import io.autostack.shared.Page;
import io.autostack.shared.Problem;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantList;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The list of operations as far as a caller may see them: operators and finance all of them, members their tenant's.
@ApplicationScoped
class OperationList {

    private static final Key<ListedOperation> CREATED =
            new Key<>("o.created_at", Kind.MOMENT, ListedOperation::createdAt);
    private static final Key<ListedOperation> ID = new Key<>("o.id", Kind.ID, ListedOperation::id);

    /// By what the list can be ordered; what has not ended took no time yet.
    static final ListColumns<ListedOperation> COLUMNS = ListColumns.of(
            "-created",
            Column.latestFirst("created", CREATED, ID),
            Column.of("kind", new Key<>("o.kind", Kind.TEXT, ListedOperation::kind), CREATED, ID),
            Column.of("state", new Key<>("o.state", Kind.TEXT, ListedOperation::state), CREATED, ID),
            Column.latestFirst(
                    "took",
                    new Key<>(
                            "coalesce(extract(epoch from o.finished_at - o.started_at), -1)",
                            Kind.NUMBER,
                            ListedOperation::took),
                    CREATED,
                    ID));

    static final List<String> STATES =
            Arrays.stream(State.values()).map(State::word).toList();

    private static final String FROM = "from provisioning.operation o";
    static final String SELECT = "select o.id, o.tenant_id, o.kind, o.title, o.state, o.simulated, o.message,"
            + " o.created_at, o.started_at, o.finished_at " + FROM;

    private static final Map<String, Class<?>> TYPES = Map.of(
            "id", UUID.class,
            "tenant_id", UUID.class,
            "kind", String.class,
            "title", String.class,
            "state", String.class,
            "simulated", Boolean.class,
            "message", String.class,
            "created_at", Instant.class,
            "started_at", Instant.class,
            "finished_at", Instant.class);

    private final Callers callers;
    private final TenantList list;
    private final Tenants tenants;
    private final Operations operations;
    private final EntityManager entities;
    private final Scopes scopes;

    @Inject
    OperationList(
            Callers callers,
            TenantList list,
            Tenants tenants,
            Operations operations,
            EntityManager entities,
            Scopes scopes) {
        this.callers = callers;
        this.list = list;
        this.tenants = tenants;
        this.operations = operations;
        this.entities = entities;
        this.scopes = scopes;
    }

    /// What the list is narrowed to, as it was typed; null for any.
    record Filter(
            @Nullable String tenant,
            @Nullable String kind,
            @Nullable String state) {}

    /// A page of operations, how many there are on all pages, and the short names of the tenants on this one.
    record Found(Page<ListedOperation> page, Hits hits, Map<UUID, String> slugs) {}

    /// @throws io.autostack.shared.ProblemException when the caller may not see them, or asks for what there is not
    Found find(Typed typed, Filter filter) {
        var whose = list.whose(callers.current(), filter.tenant()).map(TenantRow::id);
        var errors = new ArrayList<FieldError>();
        var request = ListRequest.of(typed, COLUMNS, errors);
        var kind = ListRequest.choice("kind", filter.kind(), operations.kinds(), errors);
        var state = ListRequest.choice("state", filter.state(), STATES, errors);
        if (!errors.isEmpty()) throw Problem.fields(errors).exception();
        var sql = sql(request, whose.orElse(null), kind, state);
        return scopes.in(whose.<Scope>map(Scope.OfTenant::new).orElse(Scope.PLATFORM), () -> {
            var page = request.page(sql.rows(SELECT).list(entities, TYPES, OperationList::operation));
            return new Found(page, Hits.of(page, request, sql, FROM, entities), slugs(page));
        });
    }

    static ListSql<ListedOperation> sql(
            ListRequest<ListedOperation> request,
            @Nullable UUID tenant,
            @Nullable String kind,
            @Nullable String state) {
        return new ListSql<>(request, "o.search")
                .where("o.tenant_id = ?", tenant)
                .where("o.kind = ?", kind)
                .where("o.state = ?", state);
    }

    private static ListedOperation operation(Tuple row) {
        return new ListedOperation(
                row.get("id", UUID.class),
                row.get("tenant_id", UUID.class),
                row.get("kind", String.class),
                row.get("title", String.class),
                row.get("state", String.class),
                row.get("simulated", Boolean.class),
                row.get("message", String.class),
                row.get("created_at", Instant.class),
                row.get("started_at", Instant.class),
                row.get("finished_at", Instant.class));
    }

    private Map<UUID, String> slugs(Page<ListedOperation> page) {
        var ids = page.items().stream().map(ListedOperation::tenant).collect(Collectors.toSet());
        return tenants.all(ids).stream().collect(Collectors.toMap(TenantRow::id, TenantRow::slug));
    }
}
