package io.autostack.tenancy;

import io.autostack.identity.Caller;
import io.autostack.identity.Memberships;
import io.autostack.identity.Role;
import io.autostack.plans.PlanVersion;
import io.autostack.plans.Plans;
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
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The list of tenants, searched, narrowed and ordered: operators and finance see all of them, others their own.
@ApplicationScoped
public class TenantList {

    private static final Key<TenantRow> ID = new Key<>("t.id", Kind.ID, TenantRow::id);

    /// By what the list can be ordered.
    public static final ListColumns<TenantRow> COLUMNS = ListColumns.of(
            "-created",
            Column.of("name", new Key<>("lower(t.name)", Kind.TEXT_IN_SMALL_LETTERS, TenantRow::name), ID),
            Column.of("slug", new Key<>("t.slug", Kind.TEXT, TenantRow::slug), ID),
            Column.of(
                    "plan",
                    new Key<>("t.plan", Kind.TEXT, tenant -> tenant.plan().plan()),
                    ID),
            Column.of(
                    "status",
                    new Key<>("t.status", Kind.TEXT, tenant -> tenant.status().word()),
                    ID),
            Column.latestFirst("created", new Key<>("t.created_at", Kind.MOMENT, TenantRow::createdAt), ID));

    /// The words of `TenantStatus`.
    public static final List<String> STATUSES =
            Arrays.stream(TenantStatus.values()).map(TenantStatus::word).toList();

    private static final String SEARCHED = "concat_ws(' ', lower(t.name), t.slug, t.id, lower(t.admin_email))";
    private static final String FROM = "from tenancy.tenant t";

    private final Tenants tenants;
    private final TenantAccess access;
    private final Memberships memberships;
    private final Plans plans;
    private final Scopes scopes;

    @Inject
    TenantList(Tenants tenants, TenantAccess access, Memberships memberships, Plans plans, Scopes scopes) {
        this.tenants = tenants;
        this.access = access;
        this.memberships = memberships;
        this.plans = plans;
        this.scopes = scopes;
    }

    /// What the list is narrowed to, as it was typed; null for any.
    public record Filter(@Nullable String status, @Nullable String plan) {}

    /// A page of tenants, and how many there are on all pages.
    public record Found(Page<TenantRow> page, Hits hits) {}

    /// @throws io.autostack.shared.ProblemException when something was typed that this list does not know
    public Found find(Caller caller, Typed typed, Filter filter) {
        var mayLookOn = caller.isAny(Role.OPERATOR, Role.FINANCE);
        return find(mayLookOn ? caller.tenantBound().map(List::of) : Optional.of(own(caller)), typed, filter);
    }

    /// The active tenants for which a caller may be able to do something, by name.
    ///
    /// @param q words that their names, slugs or ids have
    public Found toWorkIn(Caller caller, @Nullable String q, int max) {
        return find(
                caller.is(Role.OPERATOR) ? caller.tenantBound().map(List::of) : Optional.of(own(caller)),
                Typed.byProgram(q, "name", Integer.toString(max), null),
                new Filter(TenantStatus.ACTIVE.word(), null));
    }

    private Found find(Optional<List<UUID>> only, Typed typed, Filter filter) {
        var errors = new ArrayList<FieldError>();
        var request = ListRequest.of(typed, COLUMNS, errors);
        var status = ListRequest.choice("status", filter.status(), STATUSES, errors);
        var plan = filter.plan() == null ? null : ListRequest.choice("plan", filter.plan(), planIds(), errors);
        if (!errors.isEmpty()) throw Problem.fields(errors).exception();
        if (only.isPresent() && only.get().isEmpty()) return new Found(new Page<>(List.of(), null), Hits.NONE);
        var sql = new ListSql<>(request, SEARCHED)
                .where("t.id in (?)", only.orElse(null))
                .where("t.status = ?", status)
                .where("t.plan = ?", plan);
        return scopes.inPlatform(() -> {
            var page = request.page(tenants.read(sql.rows("select t.* " + FROM)));
            return new Found(page, Hits.of(page, request, sql, FROM, tenants.getEntityManager()));
        });
    }

    private List<UUID> own(Caller caller) {
        return caller.tenantBound()
                .map(List::of)
                .orElseGet(() -> scopes.inPlatform(() -> memberships.tenantsOf(caller)));
    }

    private List<String> planIds() {
        return offered().stream().map(PlanVersion::plan).toList();
    }

    /// Whose rows a list shows that is about all tenants: those of one that the caller may see, or everybody's.
    ///
    /// @param tenant id or slug as it was typed; null for everybody
    /// @throws io.autostack.shared.ProblemException not found, or not allowed: members name their tenant
    public Optional<TenantRow> whose(Caller caller, @Nullable String tenant) {
        caller.mustBeSignedIn();
        if (tenant != null && !tenant.isBlank()) return Optional.of(access.toSee(tenant.strip()));
        caller.mustBe(Role.OPERATOR, Role.FINANCE);
        return caller.tenantBound().map(bound -> access.toSee(bound.toString()));
    }

    /// The plans that a tenant can be on, smallest first.
    public List<PlanVersion> offered() {
        return plans.offered();
    }
}
