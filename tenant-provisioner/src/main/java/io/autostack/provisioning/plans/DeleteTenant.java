package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.TaggedResource;
import io.autostack.provisioning.cloud.TaggedResource.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Deleting a closed tenant for good: everything that carries its tag, kind after kind, and then a check whether
/// anything is left. Nothing of it can be undone.
@ApplicationScoped
public class DeleteTenant implements OperationKind<DeleteTenant.Request> {

    public static final String KIND = "delete-tenant";

    /// Begins the facts that say what there was, by kind.
    public static final String THERE_WAS = "there.was.";

    private static final String NONE = "none";

    private final Cloud cloud;

    @Inject
    DeleteTenant(Cloud cloud) {
        this.cloud = cloud;
    }

    /// @param closing that it ends; the same one is enqueued once
    public record Request(Subject subject, UUID closing) implements TenantRequest {

        @Override
        public UUID change() {
            return closing;
        }
    }

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
        return "Delete " + request.slug() + " for good";
    }

    @Override
    public List<Step> steps(Request request) {
        var steps = new ArrayList<Step>();
        steps.add(new Step("look", "Write down what there is of the tenant", () -> inspect(request.tenant())));
        for (var kind : Kind.values())
            steps.add(new Step(
                    "remove:" + kind.step(),
                    "Remove all " + kind.words() + " of the tenant",
                    () -> cloud.removeTaggedResources(request.tenant(), kind)));
        steps.add(new Step("verify", "Look whether anything is left", () -> verify(request.tenant())));
        return steps;
    }

    private Outcome inspect(UUID tenant) {
        var found = byKind(tenant);
        var learned = new TreeMap<String, String>();
        found.forEach((kind, names) -> learned.put(THERE_WAS + kind, names));
        return new Outcome.Done(found, learned, false);
    }

    private Outcome verify(UUID tenant) {
        var left = byKind(tenant);
        if (left.values().stream().allMatch(NONE::equals)) {
            if (!cloud.containerRuntime().real())
                left.put(Kind.CONTAINER.words(), "none; no container engine answers, so none can be seen");
            return Outcome.done(left);
        }
        return new Outcome.Failed("Something is left: "
                + left.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(NONE))
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining("; "))
                + ". Find out who made it and remove it, then retry.");
    }

    private Map<String, String> byKind(UUID tenant) {
        var found = cloud.findTaggedResources(tenant);
        return Arrays.stream(Kind.values())
                .collect(Collectors.toMap(
                        Kind::words,
                        kind -> found.stream()
                                .filter(belonging -> belonging.kind() == kind)
                                .map(TaggedResource::name)
                                .collect(Collectors.collectingAndThen(
                                        Collectors.joining(", "), names -> names.isEmpty() ? NONE : names)),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
