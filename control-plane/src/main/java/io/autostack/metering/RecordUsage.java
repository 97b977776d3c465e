package io.autostack.metering;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autostack.identity.Caller;
import io.autostack.identity.Memberships;
import io.autostack.identity.Role;
import io.autostack.identity.TenantRole;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Takes usage events in: each is counted once, or refused with a reason, and the others of a batch go on.
@ApplicationScoped
class RecordUsage {

    private final Meters meters;
    private final Subjects subjects;
    private final Memberships memberships;
    private final UsageLedger ledger;
    private final Scopes scopes;
    private final InstantSource clock;

    @Inject
    RecordUsage(
            Meters meters,
            Subjects subjects,
            Memberships memberships,
            UsageLedger ledger,
            Scopes scopes,
            InstantSource clock) {
        this.meters = meters;
        this.subjects = subjects;
        this.memberships = memberships;
        this.ledger = ledger;
        this.scopes = scopes;
        this.clock = clock;
    }

    /// What became of one event.
    ///
    /// @param status `accepted`, `duplicate` or `rejected`
    /// @param reason why it was rejected
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "UsageResult")
    record Result(
            @Nullable String id, String status, @Nullable String reason) {}

    /// Answers in the order of the events.
    List<Result> record(Caller caller, List<CloudEvent> events) {
        var admission = new Admission(meters.byName(), subjectsOf(caller, events), clock.instant());
        var verdicts = events.stream().map(admission::judge).toList();
        var once = new LinkedHashMap<UsageEvent.Key, UsageEvent>();
        for (var verdict : verdicts)
            if (verdict instanceof Admission.Verdict.Countable(var event)) once.putIfAbsent(event.key(), event);
        var counted = new HashSet<>(scopes.in(scopeOf(caller), () -> ledger.add(List.copyOf(once.values()))));
        var results = new ArrayList<Result>(events.size());
        for (int i = 0; i < events.size(); i++) results.add(result(events.get(i).id(), verdicts.get(i), counted));
        return results;
    }

    private static Result result(@Nullable String id, Admission.Verdict verdict, Set<UsageEvent.Key> counted) {
        return switch (verdict) {
            case Admission.Verdict.Rejected(var reason) -> new Result(id, "rejected", reason);
            case Admission.Verdict.Countable(var event) ->
                new Result(id, counted.remove(event.key()) ? "accepted" : "duplicate", null);
        };
    }

    private static Scope scopeOf(Caller caller) {
        return caller.tenantBound().<Scope>map(Scope.OfTenant::new).orElse(Scope.PLATFORM);
    }

    private Map<String, Admission.Subject> subjectsOf(Caller caller, List<CloudEvent> events) {
        var words = new HashSet<String>();
        events.stream().map(CloudEvent::subject).filter(Objects::nonNull).forEach(words::add);
        return scopes.inPlatform(() -> {
            var mine = memberships.tenantsOf(caller);
            var answers = new HashMap<String, Admission.Subject>();
            subjects.find(words).forEach((word, tenant) -> answers.put(word, answer(caller, word, tenant, mine)));
            return answers;
        });
    }

    private Admission.Subject answer(Caller caller, String word, Subjects.Found tenant, List<UUID> mine) {
        var bound = caller.tenantBound();
        if (bound.isPresent() && !bound.get().equals(tenant.id())) return Admission.unknown(word);
        if (!caller.isAny(Role.OPERATOR, Role.APPLICATION)) {
            if (!mine.contains(tenant.id())) return Admission.unknown(word);
            var role = memberships.roleOf(caller, tenant.id());
            if (role.isEmpty() || !role.get().atLeast(TenantRole.MEMBER))
                return new Admission.Subject.Refused("reporting usage for “" + word + "” needs the role member there");
        }
        return tenant.closed()
                ? new Admission.Subject.Refused("tenant “" + word + "” is closed")
                : new Admission.Subject.Reportable(tenant.id());
    }
}
