package io.autostack.costs;

import java.math.BigDecimal;

/// Something that costs money every month, described by what decides its price. `component` is the name its row gets.
public sealed interface Infrastructure {

    String component();

    /// Fargate tasks that run around the clock.
    ///
    /// @param tasks the fewest and the most that scaling lets run
    record Containers(String component, LowHigh tasks, BigDecimal vcpu, BigDecimal memoryGb)
            implements Infrastructure {}

    /// Database servers of their own. With `multiAz` server and storage are paid twice.
    record DatabaseServers(String component, int count, String instanceClass, boolean multiAz, BigDecimal storageGb)
            implements Infrastructure {}

    /// A database inside a server that is paid for already: costs its storage, nothing else.
    record DatabaseSpace(String component, boolean multiAz, BigDecimal storageGb) implements Infrastructure {}

    /// Backups beyond what comes with the server.
    record BackupStorage(String component, LowHigh gb) implements Infrastructure {}

    /// Entries of the secret store.
    record Secrets(String component, int count) implements Infrastructure {}

    /// A bucket. Reads and writes are not told apart, so every request has the price of a write.
    record ObjectStorage(String component, LowHigh gb, LowHigh requestsThousand) implements Infrastructure {}

    /// Logs that are taken in; keeping them is not priced.
    record Logs(String component, LowHigh gb) implements Infrastructure {}

    /// Everything an environment is watched with.
    record Monitoring(String component, LowHigh logsGb, int metrics, int alarms, int dashboards)
            implements Infrastructure {}

    /// Traffic to the internet. The free allowance is shared by all parts of one estimate.
    record Egress(String component, LowHigh gb) implements Infrastructure {}

    /// Hosted zones and the questions they answer.
    record Dns(String component, int zones, LowHigh millionQueries) implements Infrastructure {}

    /// A load balancer of one's own. The platform's shared one is never charged to an app.
    record LoadBalancer(String component, Load load) implements Infrastructure {

        /// How much the balancer has to do.
        public sealed interface Load {

            /// Average capacity units, as measured.
            record Units(LowHigh average) implements Load {}

            /// What the units of a month cost, where only that is known.
            record Charge(BigDecimal amount) implements Load {}
        }
    }
}
