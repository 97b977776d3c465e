package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Brings the shared application to a new image, a new token or more tenants, also when nobody is being onboarded.
@ApplicationScoped
class KeepApplication implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(KeepApplication.class);

    private final SharedApplication application;
    private final boolean chosen;

    @Inject
    KeepApplication(SharedApplication application, @ConfigProperty(name = "autostack.cloud") String cloud) {
        this.application = application;
        this.chosen = cloud.equals("aws");
    }

    @Override
    public String name() {
        return "keep-application";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        if (!chosen || !application.isWanted()) return;
        switch (outcome()) {
            case Outcome.Done _ -> {}
            case Outcome.NotYet(var waitingFor, var again, var learned) ->
                LOG.infof("the shared application waits for %s", waitingFor);
            case Outcome.Failed(var reason) -> LOG.error(reason);
        }
    }

    private Outcome outcome() {
        try {
            return application.ensure(false);
        } catch (OutcomeException e) {
            return e.outcome();
        }
    }
}
