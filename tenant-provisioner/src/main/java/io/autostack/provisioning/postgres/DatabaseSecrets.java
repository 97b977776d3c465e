package io.autostack.provisioning.postgres;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Secret;
import io.autostack.provisioning.cloud.SecretStage;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Where the credentials of tenants' databases are kept.
public interface DatabaseSecrets {

    /// Empty when there is none at this stage, or when it is another tenant's.
    Optional<Secret> find(UUID tenant, String name, SecretStage stage);

    /// What is done with a database's secret; failed when the tenant has none.
    default Outcome with(DatabaseSpec desired, SecretStage stage, Function<Secret, Outcome> then) {
        return find(desired.tenant(), desired.secret(), stage)
                .map(then)
                .orElseGet(() -> new Outcome.Failed("There is no " + stage.word() + " version of the secret "
                        + desired.secret() + " for this tenant."));
    }

    /// The same with the current version.
    default Outcome with(DatabaseSpec desired, Function<Secret, Outcome> then) {
        return with(desired, SecretStage.CURRENT, then);
    }
}
