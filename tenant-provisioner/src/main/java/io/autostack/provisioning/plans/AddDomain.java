package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.RequiredRole;
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
public class AddDomain implements OperationKind<AddDomain.Request> {

    public static final String KIND = "add-domain";

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
    public record Request(Subject subject, UUID change, String domain, String record, String value)
            implements TenantRequest {}

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Verify " + request.domain();
    }

    @Override
    public List<Step> steps(Request request) {
        return List.of(
                new Step("proof", "Look for the TXT record that proves whose domain it is", () -> proof(request))
                        .within(PATIENCE),
                new Step(
                                "route",
                                "Let the domain lead to the tenant",
                                () -> cloud.ensureRoute(request.tenant(), request.domain()))
                        .compensatedBy(() -> cloud.removeRoute(request.tenant(), request.domain())));
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return false;
    }

    /// A record that is missing is for a person to set: waiting for it would keep the tenant's other operations
    /// waiting.
    private Outcome proof(Request request) {
        var name = request.record();
        var expected = request.value();
        if (cloud.findRoute(request.domain())
                .filter(tenant -> !tenant.equals(request.tenant()))
                .isPresent())
            return new Outcome.Failed(request.domain()
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
