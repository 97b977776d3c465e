package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What a cloud does for a tenant. Every method makes sure that something is there: it looks first, adopts what is
/// tagged as ours, builds what is missing, and may be asked any number of times.
public interface Cloud {

    /// A secret with these members. Members that exist keep their value; `first` is only used for a new secret.
    Outcome ensureSecret(UUID tenant, String name, Map<String, String> first);

    /// The current value of a secret.
    Optional<Secret> readSecret(String name);

    /// A database with an owner role of its own, whose password is the one in the secret.
    Outcome ensureDatabase(DatabaseWanted wanted);

    /// That the owner role can sign in and work in its database, and nobody else can.
    Outcome checkDatabase(DatabaseWanted wanted);

    /// A host name of the shared application that leads to the tenant.
    Outcome ensureRoute(UUID tenant, String host);

    /// Which tenant a host name leads to.
    Optional<UUID> findRoute(String host);

    /// A running container, or, where no engine answers, an outcome that says it is simulated.
    Outcome ensureContainer(ContainerWanted wanted);

    /// Whether containers are real here.
    ContainerRuntime containerRuntime();

    /// A database that a step wants. The secret holds `username` and `password`.
    ///
    /// @param baseline true when it starts with the tenant schema, false when it starts empty
    record DatabaseWanted(UUID tenant, String name, String secret, boolean baseline) {}

    /// A container that a step wants.
    ///
    /// @param name unique on the platform
    /// @param vcpu share of processors; 1 = one whole processor
    /// @param memoryMb in MiB
    /// @param port where the application listens; the environment's `PORT` says the same
    /// @param environment values that may be shown
    /// @param databaseSecret name of the secret behind `DATABASE_URL`, if the container uses a database
    record ContainerWanted(
            UUID tenant,
            String name,
            String image,
            java.util.List<String> command,
            java.math.BigDecimal vcpu,
            int memoryMb,
            int port,
            String healthPath,
            Map<String, String> environment,
            Optional<String> databaseName,
            Optional<String> databaseSecret) {}

    /// A secret's current value.
    record Secret(String name, UUID tenant, int version, Map<String, String> value) {}

    /// @param real false when containers are simulated
    /// @param sentence what a person should know about it
    record ContainerRuntime(boolean real, String sentence) {}
}
