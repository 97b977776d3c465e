package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import io.autostack.provisioning.cloud.Secrets;
import io.autostack.provisioning.postgres.DatabaseSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Secrets in AWS Secrets Manager. The labels of versions say at which stage each is: AWSPENDING, AWSCURRENT,
/// AWSPREVIOUS.
@ApplicationScoped
@Typed(AwsSecrets.class)
class AwsSecrets implements Secrets, DatabaseSecrets {

    private static final Outcome SOMEBODY_FASTER =
            new Outcome.NotYet("somebody else made the secret at the same moment", Duration.ofSeconds(1));

    private final SecretsManagerCalls manager;

    @Inject
    AwsSecrets(SecretsManagerCalls manager) {
        this.manager = manager;
    }

    @Override
    public Outcome ensureSecret(UUID tenant, String name, Map<String, String> first) {
        var found = manager.describe(name);
        if (found.isEmpty()) return manager.create(tenant, name, first) ? there(name) : SOMEBODY_FASTER;
        var secret = found.get();
        if (!secret.isOf(tenant)) return foreign(name);
        if (secret.deleted()) {
            manager.restore(name);
            return ensureSecret(tenant, name, first);
        }
        var current = secret.version(SecretVersions.CURRENT).flatMap(version -> manager.read(name, version));
        if (current.isEmpty() || !current.get().keySet().containsAll(first.keySet())) {
            var value = new HashMap<>(first);
            current.ifPresent(value::putAll);
            manager.put(name, SecretVersions.CURRENT, value);
            // The version without the new member is not what a rotation calls the previous one.
            strip(name, SecretVersions.PREVIOUS);
        }
        return there(name);
    }

    private Outcome there(String name) {
        return Outcome.done(Map.of(
                "secret",
                manager.fullName(name),
                "version",
                manager.describe(name)
                        .flatMap(secret -> secret.version(SecretVersions.CURRENT))
                        .orElse("not known yet")));
    }

    @Override
    public Optional<Secret> readSecret(String name, SecretStage stage) {
        var found = manager.describe(name).filter(secret -> !secret.deleted());
        var version = found.flatMap(secret -> secret.version(SecretVersions.label(stage)));
        var tenant = found.flatMap(SecretVersions::tenant);
        if (version.isEmpty() || tenant.isEmpty()) return Optional.empty();
        return manager.read(name, version.get())
                .map(value -> new Secret(name, tenant.get(), version.get(), Map.copyOf(value)));
    }

    @Override
    public Optional<Secret> find(UUID tenant, String name, SecretStage stage) {
        return readSecret(name, stage).filter(secret -> secret.tenant().equals(tenant));
    }

    @Override
    public Outcome stageSecret(UUID tenant, String name, Map<String, String> value) {
        return change(tenant, name, secret -> {
            var current = secret.version(SecretVersions.CURRENT).flatMap(version -> manager.read(name, version));
            if (current.isEmpty()) return none(name);
            if (secret.version(SecretVersions.PREVIOUS).isPresent())
                return new Outcome.Failed("An earlier rotation of " + name
                        + " has not ended: its previous version still works. Retry or release that operation first.");
            var pending = secret.version(SecretVersions.PENDING).orElseGet(() -> {
                // Members that nobody gives anew stay as they are.
                var whole = new HashMap<>(current.get());
                whole.putAll(value);
                return manager.put(name, SecretVersions.PENDING, whole);
            });
            return new Outcome.Done(
                    Map.of("secret", manager.fullName(name), "version", pending, "stage", "pending"),
                    Map.of(Secrets.STAGED_VERSION, pending),
                    false);
        });
    }

    /// Each label is moved by itself, so that what was cut off is found half-way and goes on.
    @Override
    public Outcome promoteSecret(UUID tenant, String name, String version) {
        return change(tenant, name, secret -> {
            if (!secret.has(SecretVersions.CURRENT, version)) {
                if (!secret.has(SecretVersions.PENDING, version))
                    return new Outcome.Failed("There is no version " + version + " of the secret " + name
                            + " that could be promoted. Release this operation and begin anew.");
                var before = secret.version(SecretVersions.CURRENT).orElse(null);
                manager.move(name, SecretVersions.CURRENT, before, version);
            }
            if (secret.has(SecretVersions.PENDING, version)) manager.move(name, SecretVersions.PENDING, version, null);
            return Outcome.done(Map.of("secret", manager.fullName(name), "current version", version));
        });
    }

    @Override
    public Outcome demoteSecret(UUID tenant, String name, String version) {
        return change(tenant, name, secret -> {
            var previous = secret.version(SecretVersions.PREVIOUS);
            if (secret.has(SecretVersions.CURRENT, version)) {
                if (previous.isEmpty())
                    return Outcome.done(Map.of("secret", name, "promotion", "stays: the previous version is gone"));
                manager.move(name, SecretVersions.CURRENT, version, previous.get());
            } else if (!previous.equals(Optional.of(version)))
                return Outcome.done(Map.of("secret", name, "promotion", "was not there"));
            // AWS calls the version that was demoted the previous one, wherever the label was.
            manager.move(name, SecretVersions.PENDING, null, version);
            strip(name, SecretVersions.PREVIOUS);
            return Outcome.done(Map.of("secret", name, "promotion", "taken back"));
        });
    }

    @Override
    public Outcome withdrawSecret(UUID tenant, String name) {
        return stripped(tenant, name, SecretStage.PENDING);
    }

    @Override
    public Outcome retireSecret(UUID tenant, String name) {
        return stripped(tenant, name, SecretStage.PREVIOUS);
    }

    private Outcome stripped(UUID tenant, String name, SecretStage stage) {
        return change(
                tenant,
                name,
                secret -> Outcome.done(Map.of(
                        "secret",
                        manager.fullName(name),
                        stage.word() + " versions removed",
                        strip(name, SecretVersions.label(stage)) ? "1" : "0")));
    }

    /// AWS deletes versions without a label by itself.
    private boolean strip(String name, String label) {
        var version = manager.describe(name).flatMap(secret -> secret.version(label));
        version.ifPresent(labelled -> manager.move(name, label, labelled, null));
        return version.isPresent();
    }

    @Override
    public Outcome removeSecret(UUID tenant, String name) {
        var found = manager.describe(name);
        if (found.isPresent() && !found.get().isOf(tenant)) return LeftAlone.one("secret", manager.fullName(name));
        if (found.isPresent()) manager.delete(name);
        return Outcome.done(
                Map.of("secret", manager.fullName(name), "removed", found.isPresent() ? "yes" : "was not there"));
    }

    /// The keys are in KMS, and none of them is ours to look after.
    @Override
    public List<SealingKey> sealingKeys() {
        return List.of();
    }

    @Override
    public int rewrapSecrets(int max) {
        return 0;
    }

    private Outcome change(UUID tenant, String name, Function<SecretVersions, Outcome> change) {
        var found = manager.describe(name).filter(secret -> !secret.deleted());
        if (found.isEmpty()) return none(name);
        return found.get().isOf(tenant) ? change.apply(found.get()) : foreign(name);
    }

    private static Outcome none(String name) {
        return new Outcome.Failed("There is no secret " + name + " for this tenant.");
    }

    private Outcome foreign(String name) {
        return new Outcome.Failed("A secret called " + manager.fullName(name)
                + " exists already and does not carry this tenant's tags. Remove or rename it, then retry.");
    }
}
