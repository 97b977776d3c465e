package io.autostack.provisioning.cloud.aws;

import io.autostack.provisioning.Outcome;
import io.autostack.provisioning.cloud.DatabaseSpec;
import io.autostack.provisioning.cloud.Snapshot;
import io.autostack.provisioning.postgres.RestoredServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// An instance made from a snapshot: like any other of its tenant in the end, whatever the restoring call left out.
@ApplicationScoped
class RestoredInstance {

    private final InstanceRegister register;
    private final RdsInstances instances;
    private final AwsServers servers;

    @Inject
    RestoredInstance(InstanceRegister register, RdsInstances instances, AwsServers servers) {
        this.register = register;
        this.instances = instances;
        this.servers = servers;
    }

    /// The wanted database is on it, under its own name.
    Outcome ensure(DatabaseSpec into, Snapshot from) {
        var identifier = register.ensure(into);
        // Its administrator's password is there before it is, so that nobody ever needs the one from the snapshot.
        servers.administrator(into.tenant(), identifier);
        var found = instances.find(identifier);
        if (found.isEmpty())
            throw instances.restore(identifier, Identifiers.of(from.name()), into.tenant(), into.server());
        instances.mustBeOf(into.tenant(), found.get());
        var ready = instances.ready(found.get());
        putRight(into, ready);
        var server = servers.server(into.tenant(), ready);
        return RestoredServer.take(
                server, from.database(), into, !from.database().equals(into.name()));
    }

    /// Each attribute that the restoring call does not take, or takes from the account's defaults.
    private void putRight(DatabaseSpec into, DBInstance found) {
        var change = InstanceDifferences.of(into.server(), found);
        if (change.isEmpty()) return;
        if (!instances.modify(found.dbInstanceIdentifier(), change.get())) throw RdsInstances.coming(found, "is busy");
        throw RdsInstances.coming(found, "gets the attributes that a restored instance lacks");
    }
}
