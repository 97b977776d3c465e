package io.autostack.provisioning.plans;

import io.autostack.provisioning.cloud.Replicas;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One part of a stack to deploy, as the approved plan says.
public sealed interface StackComponent {

    String name();

    /// Random values, generated once.
    record Secret(String name, List<String> members) implements StackComponent {}

    /// A database of its own inside the tenant's server.
    ///
    /// @param credentials name of a secret of the stack, which gets `username` and `password`
    record Database(String name, String credentials) implements StackComponent {}

    /// A private bucket.
    record Bucket(String name) implements StackComponent {}

    /// A container.
    ///
    /// @param replicas how many copies of it run
    /// @param port 0 for a worker that does not listen
    /// @param healthPath where it answers 2xx once it is ready; empty when nothing is asked
    /// @param secrets variable → `[secret, member]`
    /// @param databases variable → name of a database of the stack
    record Container(
            String name,
            String image,
            List<String> command,
            BigDecimal vcpu,
            int memoryMb,
            Replicas replicas,
            int port,
            Optional<String> healthPath,
            Map<String, String> environment,
            Map<String, List<String>> secrets,
            Map<String, String> databases)
            implements StackComponent {}
}
