package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Promise;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Moving a tenant to another plan: its database gets that plan's size. The move itself is the owner's settlement.
@ApplicationScoped
public class ChangePlan implements OperationKind {

    public static final String KIND = "change-plan";

    private final Cloud cloud;

    @Inject
    ChangePlan(Cloud cloud) {
        this.cloud = cloud;
    }

    /// A plan version and the size that comes with it.
    public record Target(String plan, int version, Sizing sizing) {}

    /// @param change its own id: each request is a change of its own
    public static Promise promise(Subject subject, UUID change, Target from, Target to) {
        var asked = new HashMap<>(facts("from", from));
        asked.putAll(facts("to", to));
        return ChangeTenant.promise(KIND, subject, change, asked);
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
                        facts -> cloud.sizeDatabase(ChangeTenant.database(facts), SizingFacts.read("to.", facts)))
                .undoneBy(facts -> cloud.sizeDatabase(ChangeTenant.database(facts), SizingFacts.read("from.", facts))));
    }

    private static Map<String, String> facts(String prefix, Target target) {
        var facts = new HashMap<>(SizingFacts.of(prefix + ".", target.sizing()));
        facts.put(prefix + ".plan", target.plan());
        facts.put(prefix + ".version", Integer.toString(target.version()));
        return facts;
    }
}
