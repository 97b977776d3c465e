package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Sealed secrets in versions: pending → current → previous.
public interface Secrets {

    /// What `stageSecret` teaches the steps that follow: the version it staged.
    String STAGED_VERSION = "secret.version";

    /// A secret with these members. Members that exist keep their value; `first` is for those that do not.
    Outcome ensureSecret(UUID tenant, String name, Map<String, String> first);

    /// The current value of a secret.
    default Optional<Secret> readSecret(String name) {
        return readSecret(name, SecretStage.CURRENT);
    }

    Optional<Secret> readSecret(String name, SecretStage stage);

    /// A pending version with this value; one that is pending already keeps its own. Fails while a previous version
    /// has not been retired.
    Outcome stageSecret(UUID tenant, String name, Map<String, String> value);

    /// The pending version becomes the current one, the current one the previous.
    Outcome promoteSecret(UUID tenant, String name, String version);

    /// Takes a promotion back: the previous version is current again, this one pending.
    Outcome demoteSecret(UUID tenant, String name, String version);

    /// No pending version any more.
    Outcome withdrawSecret(UUID tenant, String name);

    /// No previous version any more.
    Outcome retireSecret(UUID tenant, String name);

    /// No secret any more, in no version.
    Outcome removeSecret(UUID tenant, String name);

    /// Under which of the installation's keys secrets are sealed; empty where that is the cloud's own business.
    List<SealingKey> sealingKeys();

    /// Brings some secrets under the current key.
    ///
    /// @param max at once
    /// @return how many; 0 when there is nothing left that can be
    int rewrapSecrets(int max);
}
