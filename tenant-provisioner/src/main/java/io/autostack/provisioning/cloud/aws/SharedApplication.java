package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.cloud.ApplicationToken;
import io.autostack.provisioning.cloud.Replicas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The application that all tenants share: one service, to which every name right below the domain leads unless
/// somebody has a rule of their own.
@ApplicationScoped
class SharedApplication {

    static final String NAME = "application";

    private static final String TOKEN_SECRET = "platform/application-token";
    private static final String TOKEN = "token";

    /// In every profile of the infrastructure model.
    private static final FargateSize SIZE =
            FargateSize.atLeast(new BigDecimal("0.5"), 1024).orElseThrow();

    /// Many tenants come at once, and each of them asks.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final int TURN_SECONDS = 60;
    private static final Duration MOMENTS = Duration.ofSeconds(2);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final AwsSettings settings;
    private final ResourceTags tags;
    private final SecretsManagerCalls manager;
    private final ServiceRegister register;
    private final ServiceDeployments deployments;
    private final CallBudget turns;
    private final ApplicationToken tokens;
    private final InstantSource clock;
    private final String controlPlane;
    private volatile @Nullable Instant ranAt;

    @Inject
    SharedApplication(
            AwsSettings settings,
            ResourceTags tags,
            SecretsManagerCalls manager,
            ServiceRegister register,
            ServiceDeployments deployments,
            CallBudget turns,
            ApplicationToken tokens,
            InstantSource clock,
            @ConfigProperty(name = "autostack.address") String controlPlane) {
        this.settings = settings;
        this.tags = tags;
        this.manager = manager;
        this.register = register;
        this.deployments = deployments;
        this.turns = turns;
        this.tokens = tokens;
        this.clock = clock;
        this.controlPlane = controlPlane;
    }

    /// Whether it is run here at all.
    boolean isWanted() {
        return settings.applicationImage().isPresent();
    }

    /// It can be reached; done at once where no image is set. One whose newest version does not come up keeps nobody
    /// out: what ran before goes on.
    Outcome reachable() {
        var now = asked();
        return now instanceof Outcome.Done || !deployments.everRan(NAME)
                ? now
                : Outcome.done(Map.of("application", "runs in an earlier version"));
    }

    private Outcome asked() {
        try {
            return ensure(!deployments.everRan(NAME));
        } catch (OutcomeException e) {
            return e.outcome();
        }
    }

    /// It runs as it is wanted now; done at once where no image is set.
    ///
    /// @param atOnce whether what did not come up is tried again now; otherwise an hour later, or changed
    Outcome ensure(boolean atOnce) {
        var image = settings.applicationImage();
        if (image.isEmpty()) return Outcome.done(Map.of("application", "none: no image is set"));
        var missing = settings.missingForContainers();
        if (!missing.isEmpty())
            return new Outcome.Failed("The application cannot run, because these settings are missing: "
                    + String.join(", ", missing) + ". Set them, then retry.");
        var ran = ranAt;
        if (ran != null && clock.instant().isBefore(ran.plus(FRESH)))
            return Outcome.done(Map.of("application", "runs"));
        return turns.alone(NAME, TURN_SECONDS, () -> ensure(spec(image.get()), atOnce))
                .orElseGet(() -> new Outcome.NotYet("somebody else who looks after the application", MOMENTS));
    }

    /// Two at once would each begin a deployment, and the first would have failed because of the second.
    private Outcome ensure(ServiceSpec spec, boolean atOnce) {
        if (!atOnce && deployments.failedLately(spec))
            return new Outcome.NotYet("an hour to pass since it did not come up, or another image", AN_HOUR);
        var outcome = deployments.ensure(spec);
        if (outcome instanceof Outcome.Done) ranAt = clock.instant();
        return outcome;
    }

    private ServiceSpec spec(String image) {
        var secret = token();
        return new ServiceSpec(
                Optional.empty(),
                NAME,
                image,
                List.of(),
                SIZE,
                copies(register.tenants()),
                settings.applicationPort(),
                Optional.of(settings.applicationHealthPath()),
                Map.of(
                        "AUTOSTACK_URL",
                        controlPlane,
                        "HOST",
                        "0.0.0.0",
                        "PORT",
                        Integer.toString(settings.applicationPort())),
                Map.of("AUTOSTACK_TOKEN", secret.arn() + ":" + TOKEN + "::"),
                secret.version(SecretVersions.CURRENT).orElse(""),
                Optional.of("*." + settings.domain()),
                settings.logGroup(NAME),
                tags.shared(NAME),
                settings.applicationRole(),
                true);
    }

    /// With which it asks the control plane. Whoever puts another one there has it registered.
    private SecretVersions token() {
        var found = manager.describe(TOKEN_SECRET).filter(secret -> !secret.deleted());
        if (found.isEmpty()) manager.createShared(TOKEN_SECRET, Map.of(TOKEN, tokens.generate()));
        var now = found.or(() -> manager.describe(TOKEN_SECRET))
                .orElseThrow(() -> new OutcomeException(
                        new Outcome.NotYet("Secrets Manager to show the application's token", Duration.ofSeconds(2))));
        now.version(SecretVersions.CURRENT)
                .flatMap(version -> manager.read(TOKEN_SECRET, version))
                .map(value -> value.getOrDefault(TOKEN, ""))
                .ifPresent(tokens::register);
        return now;
    }

    /// The bounds of the infrastructure model's production profiles; a number of tenants between two has those of the
    /// larger.
    static Replicas copies(int tenants) {
        if (tenants <= 1) return new Replicas(2, 10);
        if (tenants <= 5) return new Replicas(3, 8);
        if (tenants <= 10) return new Replicas(4, 12);
        if (tenants <= 25) return new Replicas(6, 20);
        if (tenants <= 50) return new Replicas(8, 30);
        return new Replicas(12, 50);
    }
}
