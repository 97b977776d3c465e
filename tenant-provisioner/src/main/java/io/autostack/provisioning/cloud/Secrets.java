package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Sealed secrets.
public interface Secrets {

    /// A secret with these members. Members that exist keep their value; `first` is for those that do not.
    Outcome ensureSecret(UUID tenant, String name, Map<String, String> first);

    /// The current value of a secret.
    Optional<Secret> readSecret(String name);

    /// No secret any more, in no version.
    Outcome removeSecret(UUID tenant, String name);
}
