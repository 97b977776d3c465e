package io.autostack.provisioning.plans;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One part of a stack to deploy, as the approved plan says. Kept as JSON in the operation's facts.
public sealed interface StackComponent {

    String name();

    /// A database of its own with its credentials, inside the tenant's server.
    record Database(String name) implements StackComponent {}

    /// A container; `database` names the component whose address it gets as `DATABASE_URL`.
    record Container(
            String name,
            String image,
            List<String> command,
            BigDecimal vcpu,
            int memoryMb,
            int port,
            String healthPath,
            Map<String, String> environment,
            Optional<String> database)
            implements StackComponent {}
}
