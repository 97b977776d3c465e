package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.HostTable;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Host names of the shared application. The local stand-in for DNS and load-balancer rules; names under `.localhost`
/// lead to this machine without any set-up (RFC 6761).
@ApplicationScoped
class HostNames implements Routes {

    private final HostTable hosts;

    @Inject
    HostNames(HostTable hosts) {
        this.hosts = hosts;
    }

    @Override
    public Outcome ensureRoute(UUID tenant, String host) {
        var name = HostTable.normal(host);
        return hosts.claim(tenant, name).equals(Optional.of(tenant))
                ? Outcome.done(Map.of("host", name))
                : new Outcome.Failed("The host name " + name + " leads to another tenant. Choose another one.");
    }

    @Override
    public Outcome removeRoute(UUID tenant, String host) {
        var name = HostTable.normal(host);
        var removed = hosts.release(tenant, name);
        if (!removed && hosts.find(name).isPresent()) return LeftAlone.one("host name", name);
        return Outcome.done(Map.of("host", name, "removed", removed ? "yes" : "was not there"));
    }

    @Override
    public Optional<UUID> findRoute(String host) {
        return hosts.find(host);
    }
}
