package io.autostack.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.audit.Audit;
import io.autostack.identity.Callers;
import io.autostack.shared.Hits;
import io.autostack.shared.ListColumns;
import io.autostack.shared.ListRequest;
import io.autostack.shared.ListRequest.Typed;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The history as far as a caller may see it: operators and finance all of it, members their tenant's.
@ApplicationScoped
class AuditEvents {

    private static final int DAY_LENGTH = "2026-11-20".length();

    private final Callers callers;
    private final TenantList list;
    private final Tenants tenants;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    AuditEvents(Callers callers, TenantList list, Tenants tenants, Audit audit, Scopes scopes) {
        this.callers = callers;
        this.list = list;
        this.tenants = tenants;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// What a caller asks for, as it was typed; days or moments.
    record Filter(
            @Nullable String tenant,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String object,
            @Nullable String from,
            @Nullable String to) {}

    /// A page of history, how much there is on all pages, and the short names of the tenants on this one.
    record Found(Page<Audit.Entry> page, Hits hits, Map<UUID, String> slugs) {}

    /// One line as the API shows it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            UUID id,
            Instant at,
            String actor,
            String actorKind,
            @Nullable String tenant,
            String action,
            String objectType,
            String objectId,
            Map<String, Object> details,
            @Nullable String traceId) {

        static Entry of(Audit.Entry entry, Map<UUID, String> slugs) {
            return new Entry(
                    entry.id(),
                    entry.at(),
                    entry.actor(),
                    entry.actorKind(),
                    entry.tenant() == null
                            ? null
                            : slugs.getOrDefault(entry.tenant(), entry.tenant().toString()),
                    entry.action(),
                    entry.objectType(),
                    entry.objectId(),
                    entry.details(),
                    entry.traceId());
        }
    }

    /// @throws io.autostack.shared.ProblemException when the caller may not see it, or asks for what there is not
    Found find(Typed typed, Filter wanted) {
        var whose = list.whose(callers.current(), wanted.tenant()).map(TenantRow::id);
        var errors = new ArrayList<FieldError>();
        var request = ListRequest.of(typed, Audit.COLUMNS, errors);
        var filter = new Audit.Filter(
                whose.orElse(null),
                blank(wanted.actor()),
                blank(wanted.action()),
                blank(wanted.object()),
                moment("from", wanted.from(), errors),
                moment("to", wanted.to(), errors));
        if (!errors.isEmpty()) throw Problem.fields(errors).exception();
        return scopes.in(whose.<Scope>map(Scope.OfTenant::new).orElse(Scope.PLATFORM), () -> {
            var found = audit.find(filter, request);
            return new Found(found.page(), found.hits(), slugs(found.page()));
        });
    }

    private Map<UUID, String> slugs(Page<Audit.Entry> page) {
        var ids = page.items().stream()
                .map(Audit.Entry::tenant)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return tenants.all(ids).stream().collect(Collectors.toMap(TenantRow::id, TenantRow::slug));
    }

    private static @Nullable Instant moment(String field, @Nullable String text, List<FieldError> errors) {
        if (text == null || text.isBlank()) return null;
        var moment = text.strip().length() == DAY_LENGTH
                ? ListColumns.moment(text.strip() + "T00:00:00Z")
                : ListColumns.moment(text.strip());
        if (moment.isEmpty())
            errors.add(new FieldError(
                    field, "must be a day such as 2026-11-20, or a moment such as 2026-11-20T09:30:00Z"));
        return moment.orElse(null);
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
