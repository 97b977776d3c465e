package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.HostTable;
import io.autostack.provisioning.cloud.LeftAlone;
import io.autostack.provisioning.cloud.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Host names of tenants: a row that says whose it is, a record in the zone, and behind it the application that all
/// tenants share.
@ApplicationScoped
class AwsRoutes implements Routes {

    private final HostTable hosts;
    private final DnsChanges changes;
    private final SharedApplication application;
    private final AwsSettings settings;

    @Inject
    AwsRoutes(HostTable hosts, DnsChanges changes, SharedApplication application, AwsSettings settings) {
        this.hosts = hosts;
        this.changes = changes;
        this.application = application;
        this.settings = settings;
    }

    @Override
    public Outcome ensureRoute(UUID tenant, String host) {
        var name = DnsNames.normal(host);
        if (!DnsNames.isInside(name, settings.domain()))
            return new Outcome.Failed("The host name " + name + " is not in the zone of " + settings.domain()
                    + ", and this version leads no other domains to tenants on AWS. Choose a name below "
                    + settings.domain() + ".");
        if (!hosts.claim(tenant, name).equals(Optional.of(tenant)))
            return new Outcome.Failed("The host name " + name + " leads to another tenant. Choose another one.");
        var reachable = application.reachable();
        if (!(reachable instanceof Outcome.Done running)) return reachable;
        var record = changes.ensure(tenant, name);
        if (!(record instanceof Outcome.Done named)) return record;
        var evidence = new TreeMap<>(named.evidence());
        evidence.put("application", running.evidence().getOrDefault("application", "runs"));
        return Outcome.done(evidence);
    }

    @Override
    public Outcome removeRoute(UUID tenant, String host) {
        var name = DnsNames.normal(host);
        // The record first: a name that is free while its record is not would have nobody who removes it.
        changes.unwant(tenant, name);
        var removed = hosts.release(tenant, name);
        if (!removed && hosts.find(name).isPresent()) return LeftAlone.one("host name", name);
        return changes.remove(tenant, name);
    }

    @Override
    public Optional<UUID> findRoute(String host) {
        return hosts.find(host);
    }
}
