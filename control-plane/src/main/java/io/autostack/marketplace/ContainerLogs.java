package io.autostack.marketplace;

import io.autostack.plugin.Component;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.provisioning.cloud.ContainerOutput;
import io.autostack.provisioning.plans.Names;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the containers of a deployment wrote, for those who may deploy for the tenant.
@ApplicationScoped
class ContainerLogs {

    /// The most lines that can be asked for; each is cut where the whole answer has a megabyte.
    static final int MAX_LINES = 1_000;

    private static final int USUAL_LINES = 200;

    private final TenantAccess access;
    private final Deployments deployments;
    private final Cloud cloud;
    private final CloudDescription description;

    @Inject
    ContainerLogs(TenantAccess access, Deployments deployments, Cloud cloud, CloudDescription description) {
        this.access = access;
        this.deployments = deployments;
        this.cloud = cloud;
        this.description = description;
    }

    /// The last lines of one container.
    record Log(TenantRow tenant, Deployment deployment, String text) {}

    /// @param lines a whole number, 1 to 1,000; 200 when nothing is said
    Log read(String tenant, UUID deployment, String container, @Nullable String lines) {
        var row = access.toWorkIn(tenant);
        var found = deployments
                .find(deployment)
                .filter(one -> one.tenant().equals(row.id()))
                .orElseThrow(() ->
                        Problem.notFound("This tenant has no such deployment.").exception());
        int wanted = lines(lines);
        var known = deployments.findPlan(found.plan()).orElseThrow().stack().components().stream()
                .anyMatch(component -> component instanceof Component.Container
                        && component.name().equals(container));
        if (!known)
            throw Problem.notFound("This deployment has no such container.").exception();
        var name = Names.container(row.slug(), found.app(), container);
        return switch (cloud.containerOutput(row.id(), name, wanted)) {
            case ContainerOutput.Written(var text) -> new Log(row, found, text);
            case ContainerOutput.None none ->
                throw Problem.notFound("No container runs, so there is no log: it "
                                + (description.simulates() ? "is simulated, " : "")
                                + "is not started yet, or was removed.")
                        .exception();
            case ContainerOutput.NoAnswer(var sentence) ->
                throw Problem.of(ProblemType.UNAVAILABLE, sentence + " Try again in a minute.")
                        .exception();
        };
    }

    private static int lines(@Nullable String asked) {
        if (asked == null) return USUAL_LINES;
        try {
            int lines = Integer.parseInt(asked);
            if (lines >= 1 && lines <= MAX_LINES) return lines;
        } catch (NumberFormatException _) {
            throw wrong();
        }
        throw wrong();
    }

    private static RuntimeException wrong() {
        return Problem.field("lines", "must be a whole number from 1 to " + MAX_LINES)
                .exception();
    }
}
