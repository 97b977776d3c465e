package io.autostack.provisioning.plans;

import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/// Moving a tenant to another plan: its database gets that plan's size, if what the tenant uses still fits when the
/// turn of the change has come. The move itself is the completion handler's part.
@ApplicationScoped
public class ChangePlan implements OperationKind<ChangePlan.Request> {

    public static final String KIND = "change-plan";

    private final Cloud cloud;
    private final PlanFit fit;

    @Inject
    ChangePlan(Cloud cloud, PlanFit fit) {
        this.cloud = cloud;
        this.fit = fit;
    }

    /// A plan version and the size that comes with it.
    public record Target(String plan, int version, Sizing sizing) {

        PlanFit.Version planVersion() {
            return new PlanFit.Version(plan, version);
        }
    }

    /// @param change its own id: each request is a change of its own
    public record Request(Subject subject, UUID change, Target from, Target to) implements TenantRequest {}

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
        return "Move " + request.slug() + " to " + request.to().plan();
    }

    @Override
    public RequiredRole requiredRole() {
        return RequiredRole.ADMINISTRATOR;
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return false;
    }

    @Override
    public List<Step> steps(Request request) {
        return List.of(new Step(
                        "size-database",
                        "Give the database the size of the plan “"
                                + request.to().plan() + "”",
                        () -> resize(request))
                .compensatedBy(() -> resizeBack(request)));
    }

    /// Asked anew at each attempt: an earlier one may be long ago, and may have changed the size.
    private Outcome resize(Request request) {
        var obstacle = fit.findObstacle(
                request.tenant(), request.from().planVersion(), request.to().planVersion());
        if (obstacle.isEmpty())
            return cloud.sizeDatabase(request.database(), request.to().sizing());
        var back = resizeBack(request);
        return back instanceof Outcome.Done ? new Outcome.Failed(obstacle.get()) : back;
    }

    /// The size of the plan that the tenant is on, which another change may have moved meanwhile.
    private Outcome resizeBack(Request request) {
        var sizing =
                fit.findSizing(request.tenant()).orElseGet(() -> request.from().sizing());
        return cloud.sizeDatabase(request.database(), sizing);
    }
}
