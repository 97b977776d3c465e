package io.autostack.provisioning.plans;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.OperationKind;
import io.autostack.provisioning.OperationRequest;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.Step;
import io.autostack.provisioning.cloud.Cloud;
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
public class RotateCredentials implements OperationKind {

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

    public static OperationRequest request(Subject subject, UUID change) {
        return ChangeTenant.request(KIND, subject, change);
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String title(Facts asked) {
        return "Rotate the credentials of " + asked.get("slug");
    }

    @Override
    public List<Step> steps(Facts asked) {
        return List.of(
                new Step("stage", "Generate new credentials and seal them beside the current ones", this::stage)
                        .compensatedBy(facts -> cloud.withdrawSecret(ChangeTenant.tenant(facts), secret(facts))),
                new Step(
                                "login",
                                "Let the new credentials sign in, with the owner's rights",
                                facts -> cloud.openLogin(ChangeTenant.database(facts), SecretStage.PENDING))
                        .compensatedBy(facts -> with(
                                facts,
                                SecretStage.PENDING,
                                () -> cloud.closeLogin(ChangeTenant.database(facts), SecretStage.PENDING))),
                new Step(
                        "check",
                        "Sign in with the new credentials and check the database",
                        facts -> cloud.checkLogin(ChangeTenant.database(facts), SecretStage.PENDING)),
                new Step("promote", "Hand the new credentials out", this::promote)
                        .compensatedBy(facts -> facts.find(Secrets.STAGED_VERSION)
                                .map(version -> cloud.demoteSecret(
                                        ChangeTenant.tenant(facts), secret(facts), Integer.parseInt(version)))
                                .orElseGet(() -> Outcome.done(Map.of("promotion", "was not there")))),
                new Step(
                                "overlap",
                                "Let applications take the new credentials, while both work",
                                facts -> passed(facts, PROMOTED_AT, overlap)
                                        ? cloud.checkLogin(ChangeTenant.database(facts), SecretStage.CURRENT)
                                        : new Outcome.NotYet(
                                                "Both the new and the previous credentials work until "
                                                        + at(facts, PROMOTED_AT).plus(overlap) + ".",
                                                left(facts, PROMOTED_AT, overlap)))
                        .within(overlap.plus(SPARE_TIME)),
                new Step("close", "Refuse the previous credentials", this::close).compensatedBy(this::reopen),
                new Step(
                                "drain",
                                "Wait until the sessions of the previous credentials have ended",
                                facts -> cloud.endSessions(
                                        ChangeTenant.database(facts),
                                        SecretStage.PREVIOUS,
                                        passed(facts, CLOSED_AT, drain)))
                        .within(drain.plus(SPARE_TIME)));
    }

    /// The previous version stays on record until here, so that everything can be taken back.
    private Outcome stage(Facts facts) {
        if (cloud.readSecret(secret(facts), SecretStage.PREVIOUS).isPresent()) {
            cloud.closeLogin(ChangeTenant.database(facts), SecretStage.PREVIOUS);
            cloud.retireSecret(ChangeTenant.tenant(facts), secret(facts));
        }
        return cloud.stageSecret(
                ChangeTenant.tenant(facts),
                secret(facts),
                Map.of("username", cloud.spareLogin(ChangeTenant.database(facts)), "password", Passwords.next()));
    }

    private Outcome promote(Facts facts) {
        return noted(
                cloud.promoteSecret(
                        ChangeTenant.tenant(facts), secret(facts), Integer.parseInt(facts.get(Secrets.STAGED_VERSION))),
                PROMOTED_AT);
    }

    private Outcome close(Facts facts) {
        return noted(cloud.closeLogin(ChangeTenant.database(facts), SecretStage.PREVIOUS), CLOSED_AT);
    }

    /// Only what this rotation closed: a later one has its own previous version.
    private Outcome reopen(Facts facts) {
        var current = cloud.readSecret(secret(facts)).map(Secret::version).map(String::valueOf);
        return current.isPresent() && current.equals(facts.find(Secrets.STAGED_VERSION))
                ? with(
                        facts,
                        SecretStage.PREVIOUS,
                        () -> cloud.openLogin(ChangeTenant.database(facts), SecretStage.PREVIOUS))
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
    private Outcome with(Facts facts, SecretStage stage, Supplier<Outcome> compensation) {
        return cloud.readSecret(secret(facts), stage).isPresent()
                ? compensation.get()
                : Outcome.done(Map.of(stage.word() + " credentials", "were not there"));
    }

    private boolean passed(Facts facts, String moment, Duration time) {
        return !clock.instant().isBefore(at(facts, moment).plus(time));
    }

    private Duration left(Facts facts, String moment, Duration time) {
        var left = Duration.between(clock.instant(), at(facts, moment).plus(time));
        return left.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : left;
    }

    private static Instant at(Facts facts, String moment) {
        return Instant.parse(facts.get(moment));
    }

    private static String secret(Facts facts) {
        return ChangeTenant.database(facts).secret();
    }
}
