package io.autostack.provisioning.plans;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/// The domains that a tenant has proven, as they go when it is closed and come back when it is reopened. One step for
/// all: what a step is called is the same for every tenant.
record OwnDomains(Cloud cloud, UUID tenant, List<String> domains) {

    static final String STEP = "domains";

    /// Without a step when there are none.
    List<Step> taken() {
        return domains.isEmpty()
                ? List.of()
                : List.of(
                        new Step(STEP, "Take the tenant's own domains away", this::remove).compensatedBy(this::route));
    }

    List<Step> givenBack() {
        return domains.isEmpty()
                ? List.of()
                : List.of(new Step(STEP, "Let the tenant's own domains lead to it again", this::route)
                        .compensatedBy(this::remove));
    }

    private Outcome remove() {
        return each(domain -> cloud.removeRoute(tenant, domain));
    }

    private Outcome route() {
        return each(domain -> cloud.ensureRoute(tenant, domain));
    }

    private Outcome each(Function<String, Outcome> change) {
        for (var domain : domains) {
            var outcome = change.apply(domain);
            if (!(outcome instanceof Outcome.Done)) return outcome;
        }
        return Outcome.done(Map.of("domains", String.join(", ", domains)));
    }
}
