package io.autostack.tenancy;

import io.autostack.provisioning.Operations;
import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.PeriodicTask;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Stops what only costs money while a tenant is suspended. Looked at again and again: a backup needs the server for a
/// while, and AWS starts a stopped instance by itself after seven days.
@ApplicationScoped
class RestSuspended implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(RestSuspended.class);

    private final Tenants tenants;
    private final Operations operations;
    private final Cloud cloud;
    private final Scopes scopes;

    @Inject
    RestSuspended(Tenants tenants, Operations operations, Cloud cloud, Scopes scopes) {
        this.tenants = tenants;
        this.operations = operations;
        this.cloud = cloud;
        this.scopes = scopes;
    }

    @Override
    public String name() {
        return "rest-suspended";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        for (var tenant : scopes.inPlatform(tenants::suspended)) {
            var idle =
                    scopes.inPlatform(() -> operations.allUnderWay(tenant.id())).isEmpty();
            if (idle) tenant.databaseSpec().ifPresent(database -> LOG.debug(rested(database)));
        }
    }

    private Outcome rested(DatabaseSpec database) {
        try {
            return cloud.restServer(database);
        } catch (OutcomeException e) {
            return e.outcome();
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "the server of the suspended tenant %s could not be stopped; that is tried again",
                    database.tenant());
            return new Outcome.Failed("it goes on");
        }
    }
}
