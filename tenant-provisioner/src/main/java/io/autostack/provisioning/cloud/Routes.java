package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.Optional;
import java.util.UUID;

/// Host names of the shared application.
public interface Routes {

    /// A host name of the shared application that leads to the tenant.
    Outcome ensureRoute(UUID tenant, String host);

    /// Which tenant a host name leads to.
    Optional<UUID> findRoute(String host);

    /// The host name leads nowhere any more.
    Outcome removeRoute(UUID tenant, String host);
}
