package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// New credentials for a tenant's database, without a moment in which none work: the new ones are handed out while the
/// previous ones go on working, and those end when nobody uses them any more.
@ApplicationScoped
public class RotateCredentials implements OperationKind<RotateCredentials.Request> {

    public static final String KIND = "rotate-credentials";

    private static final String PROMOTED_AT = "promoted.at";
    private static final String CLOSED_AT = "closed.at";
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    private static final Duration SPARE_TIME = Duration.ofMinutes(10);

    private final Cloud cloud;
    private final InstantSource clock;
    private final Duration overlap;
    private final Duration drain;

    /// @param overlap how long applications may take to learn the new credentials
    /// @param drain how long sessions of the previous ones may take to end
    @Inject
    RotateCredentials(
            Cloud cloud,
            InstantSource clock,
            @ConfigProperty(name = "autostack.credentials.overlap", defaultValue = "60s") Duration overlap,
            @ConfigProperty(name = "autostack.credentials.drain", defaultValue = "60s") Duration drain) {
        this.cloud = cloud;
        this.clock = clock;
        this.overlap = overlap;
        this.drain = drain;
    }

    /// @param change its own id
    public record Request(Subject subject, UUID change) implements TenantRequest {}

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
        return "Rotate the credentials of " + request.slug();
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
        var database = request.database();
        return List.of(
                new Step(
                                "stage",
                                "Generate new credentials and seal them beside the current ones",
                                () -> stage(database))
                        .compensatedBy(() -> cloud.withdrawSecret(database.tenant(), database.secret())),
                new Step(
                                "login",
                                "Let the new credentials sign in, with the owner's rights",
                                () -> cloud.openLogin(database, SecretStage.PENDING))
                        .compensatedBy(() -> with(
                                database, SecretStage.PENDING, () -> cloud.closeLogin(database, SecretStage.PENDING))),
                new Step(
                        "check",
                        "Sign in with the new credentials and check the database",
                        () -> cloud.checkLogin(database, SecretStage.PENDING)),
                new Step("promote", "Hand the new credentials out", learned -> promote(database, learned))
                        .compensatedBy(learned -> learned.find(Secrets.STAGED_VERSION)
                                .map(version -> cloud.demoteSecret(database.tenant(), database.secret(), version))
                                .orElseGet(() -> Outcome.done(Map.of("promotion", "was not there")))),
                new Step(
                                "overlap",
                                "Let applications take the new credentials, while both work",
                                learned -> passed(learned, PROMOTED_AT, overlap)
                                        ? cloud.checkLogin(database, SecretStage.CURRENT)
                                        : new Outcome.NotYet(
                                                "Both the new and the previous credentials work until "
                                                        + at(learned, PROMOTED_AT)
                                                                .plus(overlap) + ".",
                                                left(learned, PROMOTED_AT, overlap)))
                        .within(overlap.plus(SPARE_TIME)),
                new Step("close", "Refuse the previous credentials", () -> close(database))
                        .compensatedBy(learned -> reopen(database, learned)),
                new Step(
                                "drain",
                                "Wait until the sessions of the previous credentials have ended",
                                learned -> cloud.endSessions(
                                        database, SecretStage.PREVIOUS, passed(learned, CLOSED_AT, drain)))
                        .within(drain.plus(SPARE_TIME)));
    }

    /// The previous version stays on record until here, so that everything can be taken back.
    private Outcome stage(DatabaseSpec database) {
        if (cloud.readSecret(database.secret(), SecretStage.PREVIOUS).isPresent()) {
            cloud.closeLogin(database, SecretStage.PREVIOUS);
            cloud.retireSecret(database.tenant(), database.secret());
        }
        return cloud.stageSecret(
                database.tenant(),
                database.secret(),
                Map.of("username", cloud.spareLogin(database), "password", Passwords.next()));
    }

    private Outcome promote(DatabaseSpec database, Facts learned) {
        return noted(
                cloud.promoteSecret(database.tenant(), database.secret(), learned.get(Secrets.STAGED_VERSION)),
                PROMOTED_AT);
    }

    private Outcome close(DatabaseSpec database) {
        return noted(cloud.closeLogin(database, SecretStage.PREVIOUS), CLOSED_AT);
    }

    /// Only what this rotation closed: a later one has its own previous version.
    private Outcome reopen(DatabaseSpec database, Facts learned) {
        var current = cloud.readSecret(database.secret()).map(Secret::version);
        return current.isPresent() && current.equals(learned.find(Secrets.STAGED_VERSION))
                ? with(database, SecretStage.PREVIOUS, () -> cloud.openLogin(database, SecretStage.PREVIOUS))
                : Outcome.done(Map.of("previous credentials", "were not refused"));
    }

    /// What is done, with the moment when it was.
    private Outcome noted(Outcome outcome, String moment) {
        return outcome instanceof Outcome.Done done
                ? new Outcome.Done(
                        done.evidence(), Map.of(moment, clock.instant().toString()), done.simulated())
                : outcome;
    }

    /// Undoing may meet a stage that was never reached, or is behind already.
    private Outcome with(DatabaseSpec database, SecretStage stage, Supplier<Outcome> compensation) {
        return cloud.readSecret(database.secret(), stage).isPresent()
                ? compensation.get()
                : Outcome.done(Map.of(stage.word() + " credentials", "were not there"));
    }

    private boolean passed(Facts learned, String moment, Duration time) {
        return !clock.instant().isBefore(at(learned, moment).plus(time));
    }

    private Duration left(Facts learned, String moment, Duration time) {
        var left = Duration.between(clock.instant(), at(learned, moment).plus(time));
        return left.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : left;
    }

    private static Instant at(Facts learned, String moment) {
        return Instant.parse(learned.get(moment));
    }
}
