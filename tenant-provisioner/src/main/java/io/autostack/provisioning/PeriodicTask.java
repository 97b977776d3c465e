package io.autostack.provisioning;

import java.time.Duration;

/// Something to look at again and again. One worker does it at a time, whichever is first when it is due; one that
/// fails is tried again when it is due next.
public interface PeriodicTask {

    /// Unique; kept in the queue.
    String name();

    /// From the end of one run to the next.
    Duration pause();

    void run();

    /// Whether each replica looks for itself, because what it looks after is on its own machine.
    default boolean onEachReplica() {
        return false;
    }
}
