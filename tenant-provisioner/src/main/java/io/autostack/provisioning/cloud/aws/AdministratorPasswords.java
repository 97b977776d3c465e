package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.OutcomeException;
import io.autostack.provisioning.Passwords;
import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Replaces the passwords of instances' administrators when they are old. The secret says which one is right: it
/// changes
/// first, and the instance is given what it says, now or by whoever is refused next.
@ApplicationScoped
class AdministratorPasswords implements PeriodicTask {

    private static final Logger LOG = Logger.getLogger(AdministratorPasswords.class);

    private final InstanceRegister register;
    private final SecretsManagerCalls manager;
    private final RdsInstances instances;
    private final AwsServers servers;
    private final AwsSettings settings;
    private final InstantSource clock;
    private final boolean chosen;

    @Inject
    AdministratorPasswords(
            InstanceRegister register,
            SecretsManagerCalls manager,
            RdsInstances instances,
            AwsServers servers,
            AwsSettings settings,
            InstantSource clock,
            @ConfigProperty(name = "autostack.cloud") String cloud) {
        this.register = register;
        this.manager = manager;
        this.instances = instances;
        this.servers = servers;
        this.settings = settings;
        this.clock = clock;
        this.chosen = cloud.equals("aws");
    }

    @Override
    public String name() {
        return "administrator-passwords";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        if (!chosen) return;
        for (var entry : register.inUse())
            try {
                replace(entry);
            } catch (OutcomeException e) {
                LOG.infof("the administrator of %s: %s", entry.identifier(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "the administrator's password of %s is not replaced; that is tried again",
                        entry.identifier());
            }
    }

    /// One that takes no sessions now keeps its password until it does.
    private void replace(InstanceRegister.Entry entry) {
        var name = AwsServers.secret(entry.identifier());
        var secret = manager.describe(name).filter(found -> found.isOf(entry.tenant()) && !found.deleted());
        var instance = instances
                .find(entry.identifier())
                .filter(found -> instances.isOf(entry.tenant(), found) && RdsInstances.takesSessions(found));
        if (secret.isEmpty()
                || instance.isEmpty()
                || clock.instant().isBefore(secret.get().changed().plus(settings.administratorPasswordAge()))) return;
        manager.put(
                name,
                SecretVersions.CURRENT,
                Map.of("username", RdsInstances.ADMINISTRATOR, "password", Passwords.next()));
        servers.server(entry.tenant(), instance.get());
    }
}
