package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The domains that a tenant has proven, as they go when it is closed and come back when it is reopened. One step for
/// all: what a step is called is the same for every tenant.
final class OwnDomains {

    static final String STEP = "domains";

    private static final String FACT = "domains";

    private final Cloud cloud;

    OwnDomains(Cloud cloud) {
        this.cloud = cloud;
    }

    static Map<String, String> facts(List<String> domains) {
        return domains.isEmpty() ? Map.of() : Map.of(FACT, String.join(",", domains));
    }

    /// Without a step when there are none, as for tenants that were closed before domains were taken along.
    List<Step> taken(Facts asked) {
        return of(asked).isEmpty()
                ? List.of()
                : List.of(
                        new Step(STEP, "Take the tenant's own domains away", this::remove).compensatedBy(this::route));
    }

    List<Step> givenBack(Facts asked) {
        return of(asked).isEmpty()
                ? List.of()
                : List.of(new Step(STEP, "Let the tenant's own domains lead to it again", this::route)
                        .compensatedBy(this::remove));
    }

    private Outcome remove(Facts facts) {
        return each(facts, domain -> cloud.removeRoute(ChangeTenant.tenant(facts), domain));
    }

    private Outcome route(Facts facts) {
        return each(facts, domain -> cloud.ensureRoute(ChangeTenant.tenant(facts), domain));
    }

    private static Outcome each(Facts facts, Function<String, Outcome> change) {
        for (var domain : of(facts)) {
            var outcome = change.apply(domain);
            if (!(outcome instanceof Outcome.Done)) return outcome;
        }
        return Outcome.done(Map.of("domains", String.join(", ", of(facts))));
    }

    private static List<String> of(Facts facts) {
        return facts.find(FACT).map(names -> List.of(names.split(",", -1))).orElse(List.of());
    }
}
