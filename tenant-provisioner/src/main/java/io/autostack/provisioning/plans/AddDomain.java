package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.dns.TxtRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A domain of a tenant's own: its name server has to show that it is the tenant's, then the domain leads there.
@ApplicationScoped
public class AddDomain implements OperationKind {

    public static final String KIND = "add-domain";

    /// What asked for it, and what its completion handler reads.
    public static final String DOMAIN = "domain";

    private static final String RECORD = "record.name";
    private static final String VALUE = "record.value";
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cloud cloud;
    private final TxtRecords records;

    @Inject
    AddDomain(Cloud cloud, TxtRecords records) {
        this.cloud = cloud;
        this.records = records;
    }

    /// @param record name of the TXT record
    /// @param value what it has to say
    public static OperationRequest request(Subject subject, UUID change, String domain, String record, String value) {
        return ChangeTenant.request(KIND, subject, change, Map.of(DOMAIN, domain, RECORD, record, VALUE, value));
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Verify " + asked.get(DOMAIN);
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step("proof", "Look for the TXT record that proves whose domain it is", this::proof)
                        .within(PATIENCE),
                new Step(
                                "route",
                                "Let the domain lead to the tenant",
                                facts -> cloud.ensureRoute(ChangeTenant.tenant(facts), facts.get(DOMAIN)))
                        .compensatedBy(facts -> cloud.removeRoute(ChangeTenant.tenant(facts), facts.get(DOMAIN))));
    }

    /// A record that is missing is for a person to set: waiting for it would keep the tenant's other operations
    /// waiting.
    private Outcome proof(Facts facts) {
        var name = facts.get(RECORD);
        var expected = facts.get(VALUE);
        if (cloud.findRoute(facts.get(DOMAIN))
                .filter(tenant -> !tenant.equals(ChangeTenant.tenant(facts)))
                .isPresent())
            return new Outcome.Failed(facts.get(DOMAIN)
                    + " is proven by somebody else on this platform. If it is yours, ask an operator, then retry.");
        return switch (records.ask(name)) {
            case TxtRecords.Answer.NoAnswer(var reason) ->
                new Outcome.NotYet("The name server gives no answer about " + name + ": " + reason, AGAIN);
            case TxtRecords.Answer.Texts(var texts)
            when texts.contains(expected) -> Outcome.done(Map.of("record", name, "found", expected));
            case TxtRecords.Answer.Texts(var texts) ->
                new Outcome.Failed((texts.isEmpty()
                                ? "There is no TXT record " + name
                                : "The TXT record " + name + " says “" + shown(texts) + "”")
                        + "; expected “" + expected
                        + "”. Set it, wait until your name server shows it, then try again.");
        };
    }

    private static String shown(List<String> texts) {
        var all = String.join("”, “", texts);
        return all.length() <= 300 ? all : all.substring(0, 300) + "…";
    }
}
