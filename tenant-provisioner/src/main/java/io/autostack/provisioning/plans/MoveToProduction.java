package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Moving a proof of concept to production: a new database beside the old one, with everything that the old one holds
/// at the moment from which on nobody writes. Leading the tenant there is the completion handler's part; until then
/// each step
/// is undone by leaving the new database behind and opening the old one.
@ApplicationScoped
public class MoveToProduction implements OperationKind {

    public static final String KIND = "move-to-production";

    /// Learned: the moment from which on nobody could write.
    public static final String PAUSED_AT = "paused.at";

    private final Cloud cloud;
    private final InstantSource clock;

    @Inject
    MoveToProduction(Cloud cloud, InstantSource clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    /// @param move its own id, which names the new database and the snapshot
    /// @param placement of the new database
    /// @param sizing of the tenant's plan
    public static OperationRequest request(Subject subject, UUID move, Placement placement, Sizing sizing) {
        var asked = new HashMap<>(Map.of(
                "move", move.toString(),
                "snapshot", Names.snapshot(move),
                "to.database", Names.copy(subject.database(), move),
                "to.secret", Names.copySecret(subject.slug(), move),
                "to.placement", placement.word()));
        asked.putAll(SizingFacts.of(sizing));
        return ChangeTenant.request(KIND, subject, move, asked);
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public String title(Facts asked) {
        return "Move " + asked.get("slug") + " to production";
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step(
                                "secret",
                                "Generate credentials for production and seal them",
                                facts -> cloud.ensureSecret(
                                        ChangeTenant.tenant(facts),
                                        facts.get("to.secret"),
                                        Map.of("username", facts.get("to.database"), "password", Passwords.next())))
                        .compensatedBy(facts -> cloud.removeSecret(ChangeTenant.tenant(facts), facts.get("to.secret"))),
                new Step("server", "Provide the server for production", facts -> cloud.ensureServer(production(facts)))
                        .compensatedBy(facts -> cloud.removeDatabase(production(facts))),
                new Step("pause", "Pause: end sessions, and let nobody write until the end", this::pause)
                        .compensatedBy(facts -> cloud.openDatabase(ChangeTenant.database(facts))),
                new Step(
                                "snapshot",
                                "Take the final snapshot of the proof of concept",
                                facts -> cloud.takeSnapshot(ChangeTenant.database(facts), facts.get("snapshot")))
                        .compensatedBy(
                                facts -> cloud.removeSnapshot(ChangeTenant.tenant(facts), facts.get("snapshot"))),
                new Step(
                                "copy",
                                "Copy everything into the production database",
                                facts -> cloud.restoreSnapshot(
                                        ChangeTenant.tenant(facts), facts.get("snapshot"), production(facts)))
                        .compensatedBy(facts -> cloud.removeDatabase(production(facts))),
                new Step(
                        "compare",
                        "Compare row counts and checksums of every table",
                        facts -> cloud.compareWithSnapshot(
                                ChangeTenant.tenant(facts), facts.get("snapshot"), production(facts))),
                new Step(
                        "size",
                        "Give the production database the size of the plan",
                        facts -> cloud.sizeDatabase(production(facts), SizingFacts.read(facts))),
                new Step(
                        "smoke-test",
                        "Sign in to production as the tenant and check it",
                        facts -> cloud.checkDatabase(production(facts))));
    }

    /// A repeated attempt does not make the pause look shorter.
    private Outcome pause(Facts facts) {
        return switch (cloud.closeDatabase(ChangeTenant.database(facts))) {
            case Outcome.Done(var evidence, var learned, var simulated) ->
                new Outcome.Done(
                        evidence,
                        Map.of(
                                PAUSED_AT,
                                facts.find(PAUSED_AT)
                                        .orElseGet(() -> clock.instant().toString())),
                        simulated);
            case Outcome.NotYet later -> later;
            case Outcome.Failed failed -> failed;
        };
    }

    private static DatabaseSpec production(Facts facts) {
        return new DatabaseSpec(
                ChangeTenant.tenant(facts),
                facts.get("to.database"),
                facts.get("to.secret"),
                true,
                Placement.of(facts.get("to.placement")));
    }
}
