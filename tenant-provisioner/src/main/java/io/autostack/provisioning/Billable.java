package io.autostack.provisioning;

import io.autostack.provisioning.cloud.ServerSpec;
import java.math.BigDecimal;

/// What a step builds, as far as a cloud charges for it from then on. Prices are somebody else's business.
public sealed interface Billable {

    /// A database server with storage.
    record DatabaseServer(ServerSpec server) implements Billable {}

    /// A database on a server that is paid for already.
    record DatabaseSpace() implements Billable {}

    /// An entry of the secret store.
    record SecretEntry() implements Billable {}

    /// Containers that run around the clock.
    ///
    /// @param count how many there are at least
    /// @param vcpu share of processors of each
    /// @param memoryMb of each, in MiB
    record RunningContainers(int count, BigDecimal vcpu, int memoryMb) implements Billable {}
}
