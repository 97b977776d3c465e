package io.autostack.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers for a moment whom an address belongs to, so that not every request asks the control plane.
final class TenantDirectory {

    static final Duration KNOWN = Duration.ofSeconds(10);
    /// Also for a tenant that is not served: when it is, its visitors see it soon.
    static final Duration UNKNOWN = Duration.ofSeconds(2);
    /// How long an old answer is better than none while the control plane is away.
    private static final Duration BETTER_THAN_NONE = Duration.ofMinutes(10);
    private static final int MAX = 10_000;

    private record Answer(Optional<Tenant> tenant, Instant at, boolean doubted) {

        boolean freshAt(Instant now) {
            return !doubted
                    && now.isBefore(at.plus(tenant.filter(Tenant::active).isPresent() ? KNOWN : UNKNOWN));
        }

        boolean usableAt(Instant now) {
            return tenant.isPresent() && now.isBefore(at.plus(BETTER_THAN_NONE));
        }
    }

    private final ControlPlane controlPlane;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();

    TenantDirectory(ControlPlane controlPlane, InstantSource clock) {
        this.controlPlane = controlPlane;
        this.clock = clock;
    }

    /// The database does not answer where it was last: the next request asks, if there is somebody to ask.
    void doubt(String host) {
        answers.computeIfPresent(host, (same, answer) -> new Answer(answer.tenant(), answer.at(), true));
    }

    Optional<Tenant> find(String host) {
        var now = clock.instant();
        var known = answers.get(host);
        if (known != null && known.freshAt(now)) return known.tenant();
        try {
            var tenant = controlPlane.findTenant(host);
            // Whoever invents names by the million gets answers, but no memory.
            if (answers.size() >= MAX) answers.values().removeIf(answer -> !answer.freshAt(now));
            if (answers.size() < MAX) answers.put(host, new Answer(tenant, now, false));
            return tenant;
        } catch (ControlPlane.Unavailable e) {
            if (known != null && known.usableAt(now)) return known.tenant();
            throw e;
        }
    }
}
