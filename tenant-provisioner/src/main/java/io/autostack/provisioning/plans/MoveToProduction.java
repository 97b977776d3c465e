package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Placement;
import io.autostack.provisioning.cloud.ServerSpec;
import io.autostack.provisioning.cloud.Sizing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Moving a proof of concept to production: a new database beside the old one, with everything that the
/// old one holds at the moment from which on nobody writes. Leading the tenant there is the completion
/// handler's part; until then each step is undone by leaving the new database behind and opening the old
/// one.
@ApplicationScoped
public class MoveToProduction implements OperationKind<MoveToProduction.Request> {

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
    /// @param to the new database
    /// @param sizing of the tenant's plan
    public record Request(Subject subject, UUID move, String snapshot, DatabaseSpec to, Sizing sizing)
            implements TenantRequest {

        /// Earlier versions said nothing about the server.
        public Request {
            if (to.server().equals(ServerSpec.POC)) to = to.on(ServerSpec.PRODUCTION);
        }

        /// @param placement of the new database
        public Request(Subject subject, UUID move, Placement placement, Sizing sizing) {
            this(subject, move, Names.snapshot(move), subject.copy(move, placement, ServerSpec.PRODUCTION), sizing);
        }

        @Override
        public UUID change() {
            return move;
        }
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
    public Class<Request> request() {
        return Request.class;
    }

    @Override
    public String title(Request request) {
        return "Move " + request.slug() + " to production";
    }

    @Override
    public boolean fitsSuspension(Request request) {
        return false;
    }

    @Override
    public List<Step> steps(Request request) {
        var database = request.database();
        var to = request.to();
        return List.of(
                new Step(
                                "secret",
                                "Generate credentials for production and seal them",
                                () -> cloud.ensureSecret(
                                        to.tenant(),
                                        to.secret(),
                                        Map.of("username", to.name(), "password", Passwords.next())))
                        .compensatedBy(() -> cloud.removeSecret(to.tenant(), to.secret())),
                new Step("server", "Provide the server for production", () -> cloud.ensureServer(to))
                        .compensatedBy(() -> cloud.removeDatabase(to)),
                new Step(
                                "pause",
                                "Pause: end sessions, and let nobody write until the end",
                                learned -> pause(database, learned))
                        .compensatedBy(() -> cloud.openDatabase(database)),
                new Step(
                                "snapshot",
                                "Take the final snapshot of the proof of concept",
                                () -> cloud.takeSnapshot(database, request.snapshot()))
                        .compensatedBy(() -> cloud.removeSnapshot(to.tenant(), request.snapshot())),
                new Step(
                                "copy",
                                "Copy everything into the production database",
                                () -> cloud.restoreSnapshot(to.tenant(), request.snapshot(), to))
                        .compensatedBy(() -> cloud.removeDatabase(to)),
                new Step(
                        "compare",
                        "Compare row counts and checksums of every table",
                        () -> cloud.compareWithSnapshot(to.tenant(), request.snapshot(), to)),
                new Step(
                        "size",
                        "Give the production database the size of the plan",
                        () -> cloud.sizeDatabase(to, request.sizing())),
                new Step(
                        "smoke-test",
                        "Sign in to production as the tenant and check it",
                        () -> cloud.checkDatabase(to)));
    }

    /// A repeated attempt does not make the pause look shorter.
    private Outcome pause(DatabaseSpec database, Facts learned) {
        return switch (cloud.closeDatabase(database)) {
            case Outcome.Done(var evidence, var nothing, var simulated) ->
                new Outcome.Done(
                        evidence,
                        Map.of(
                                PAUSED_AT,
                                learned.find(PAUSED_AT)
                                        .orElseGet(() -> clock.instant().toString())),
                        simulated);
            case Outcome.NotYet later -> later;
            case Outcome.Failed failed -> failed;
        };
    }
}
