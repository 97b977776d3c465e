package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Moving a tenant to another plan: its database gets that plan's size, if what the tenant uses still fits when the
/// turn of the change has come. The move itself is the completion handler's part.
@ApplicationScoped
public class ChangePlan implements OperationKind {

    public static final String KIND = "change-plan";

    private final Cloud cloud;
    private final PlanFit fit;

    @Inject
    ChangePlan(Cloud cloud, PlanFit fit) {
        this.cloud = cloud;
        this.fit = fit;
    }

    /// A plan version and the size that comes with it.
    public record Target(String plan, int version, Sizing sizing) {}

    /// @param change its own id: each request is a change of its own
    public static OperationRequest request(Subject subject, UUID change, Target from, Target to) {
        var asked = new HashMap<>(facts("from", from));
        asked.putAll(facts("to", to));
        return ChangeTenant.request(KIND, subject, change, asked);
    }

    /// Where the tenant is moved to.
    public static PlanFit.Version to(Facts asked) {
        return version("to", asked);
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Move " + asked.get("slug") + " to " + asked.get("to.plan");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(new Step(
                        "size-database",
                        "Give the database the size of the plan “" + asked.get("to.plan") + "”",
                        this::resize)
                .compensatedBy(this::resizeBack));
    }

    /// Asked anew at each attempt: an earlier one may be long ago, and may have changed the size.
    private Outcome resize(Facts facts) {
        var obstacle = fit.findObstacle(ChangeTenant.tenant(facts), version("from", facts), to(facts));
        if (obstacle.isEmpty()) return cloud.sizeDatabase(ChangeTenant.database(facts), SizingFacts.read("to.", facts));
        var back = resizeBack(facts);
        return back instanceof Outcome.Done ? new Outcome.Failed(obstacle.get()) : back;
    }

    /// The size of the plan that the tenant is on, which another change may have moved meanwhile.
    private Outcome resizeBack(Facts facts) {
        var sizing = fit.findSizing(ChangeTenant.tenant(facts)).orElseGet(() -> SizingFacts.read("from.", facts));
        return cloud.sizeDatabase(ChangeTenant.database(facts), sizing);
    }

    private static PlanFit.Version version(String side, Facts facts) {
        return new PlanFit.Version(facts.get(side + ".plan"), Integer.parseInt(facts.get(side + ".version")));
    }

    private static Map<String, String> facts(String prefix, Target target) {
        var facts = new HashMap<>(SizingFacts.of(prefix + ".", target.sizing()));
        facts.put(prefix + ".plan", target.plan());
        facts.put(prefix + ".version", Integer.toString(target.version()));
        return facts;
    }
}
