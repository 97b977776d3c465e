package io.autostack.provisioning.cloud.local;

import io.autostack.provisioning.PeriodicTask;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/// Brings back dedicated clusters that do not run: after a restart of the machine, or when one was killed.
@ApplicationScoped
class KeepClusters implements PeriodicTask {

    private final Clusters clusters;

    @Inject
    KeepClusters(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public String name() {
        return "keep-clusters";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(10);
    }

    /// A cluster is a process of one machine.
    @Override
    public boolean onEachReplica() {
        return true;
    }

    @Override
    public void run() {
        clusters.startAll();
    }
}
