package io.autostack.tenancy.fleet;

import io.autostack.provisioning.PeriodicTask;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SchemaReading;
import io.autostack.provisioning.plans.Subject;
import io.autostack.shared.Scopes;
import io.autostack.tenancy.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks at the schemas of tenants' databases, a few at a time, so that drift is seen whoever made it.
@ApplicationScoped
class ReadSchemas implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(ReadSchemas.class);
    private static final int AT_A_TIME = 20;

    private final KnownSchemas schemas;
    private final Tenants tenants;
    private final Cloud cloud;
    private final Scopes scopes;
    private final FleetConfig config;

    @Inject
    ReadSchemas(KnownSchemas schemas, Tenants tenants, Cloud cloud, Scopes scopes, FleetConfig config) {
        this.schemas = schemas;
        this.tenants = tenants;
        this.cloud = cloud;
        this.scopes = scopes;
        this.config = config;
    }

    @Override
    public String name() {
        return "fleet-schemas";
    }

    @Override
    public Duration pause() {
        return config.readPause();
    }

    @Override
    public void run() {
        for (var tenant : scopes.inPlatform(() -> schemas.due(config.readEvery(), AT_A_TIME))) {
            try {
                var subject = scopes.inPlatform(() -> tenants.find(tenant))
                        .orElseThrow()
                        .subject("system");
                var found = read(subject);
                scopes.inPlatform(() -> note(subject, found));
            } catch (RuntimeException e) {
                LOG.warnf(e, "what the schema of tenant %s is could not be noted; it is looked at again", tenant);
            }
        }
    }

    /// Unless a restore gave the tenant another database meanwhile, or somebody is changing it just now.
    private boolean note(Subject read, SchemaReading.@Nullable Observed found) {
        var locked = tenants.tryLock(read.tenant());
        if (locked.isEmpty()) return false;
        var now = locked.get().subject("system");
        if (!now.database().equals(read.database())) return false;
        schemas.note(read.tenant(), found);
        return true;
    }

    /// One that cannot be read now does not keep the others waiting.
    private SchemaReading.@Nullable Observed read(Subject subject) {
        try {
            return cloud.readSchema(subject.databaseSpec(), false) instanceof SchemaReading.Observed found
                    ? found
                    : null;
        } catch (RuntimeException e) {
            LOG.infof("the schema of %s could not be read: %s", subject.slug(), e.getMessage());
            return null;
        }
    }
}
