package io.autostack.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.audit.Audit;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import io.autostack.shared.Problem;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    private final Callers callers;
    private final TenantAccess access;
    private final Tenants tenants;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    AuditEvents(Callers callers, TenantAccess access, Tenants tenants, Audit audit, Scopes scopes) {
        this.callers = callers;
        this.access = access;
        this.tenants = tenants;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// What a caller asks for, as it was typed; days or moments.
    record Filter(
            @Nullable String tenant,
            @Nullable String actor,
            @Nullable String object,
            @Nullable String from,
            @Nullable String to) {}

    /// A page of history, and the short names of the tenants in it.
    record Found(Page<Audit.Entry> page, Map<UUID, String> slugs) {}

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

    Found find(Filter wanted, PageRequest request) {
        var caller = callers.current().mustBeSignedIn();
        var errors = new ArrayList<FieldError>();
        var from = moment("from", wanted.from(), errors);
        var to = moment("to", wanted.to(), errors);
        if (!errors.isEmpty()) throw Problem.fields(errors).exception();
        var tenant = blank(wanted.tenant());
        var row = tenant == null ? null : access.toSee(tenant);
        if (row == null) {
            caller.mustBe(Role.OPERATOR, Role.FINANCE);
            if (caller.boundTo() != null) row = access.toSee(caller.boundTo().toString());
        }
        var filter = new Audit.Filter(
                row == null ? null : row.id(), blank(wanted.actor()), blank(wanted.object()), from, to);
        return scopes.in(row == null ? Scope.PLATFORM : new Scope.OfTenant(row.id()), () -> {
            var page = audit.page(filter, request);
            return new Found(page, slugs(page));
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
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException notAMoment) {
            errors.add(new FieldError(
                    field, "must be a day such as 2026-11-20, or a moment such as 2026-11-20T09:30:00Z"));
            return null;
        }
    }

    private static @Nullable String blank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
