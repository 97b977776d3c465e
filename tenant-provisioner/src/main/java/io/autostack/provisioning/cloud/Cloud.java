package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What a cloud does for a tenant. Every method makes sure that something is there: it looks first, adopts what is
/// tagged as ours, builds what is missing, and may be asked any number of times.
public interface Cloud {

    /// A secret with these members. Members that exist keep their value; `first` is for those that do not.
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

    /// A private bucket, or, where there is no object storage, an outcome that says it is simulated.
    Outcome ensureBucket(UUID tenant, String name);

    /// No database and no role of it any more. What carries another tenant's tag is left alone.
    Outcome removeDatabase(DatabaseWanted wanted);

    /// No secret any more, in no version.
    Outcome removeSecret(UUID tenant, String name);

    /// The host name leads nowhere any more.
    Outcome removeRoute(UUID tenant, String host);

    /// No container any more.
    Outcome removeContainer(UUID tenant, String name);

    /// No bucket any more.
    Outcome removeBucket(UUID tenant, String name);

    /// The database has this size.
    Outcome sizeDatabase(DatabaseWanted wanted, Sizing sizing);

    /// The database takes no connections and ends those it has; its data stay untouched.
    Outcome closeDatabase(DatabaseWanted wanted);

    /// The database takes connections again.
    Outcome openDatabase(DatabaseWanted wanted);

    /// Whether containers are real here.
    ContainerRuntime containerRuntime();

    /// A database that a step wants. The secret holds `username` and `password`.
    ///
    /// @param baseline true when it starts with the tenant schema, false when it starts empty
    record DatabaseWanted(UUID tenant, String name, String secret, boolean baseline) {}

    /// How much a database may take.
    ///
    /// @param connections at once, at least 1
    /// @param statementTimeout how long one statement may run, whole seconds
    record Sizing(int connections, Duration statementTimeout) {}

    /// A container that a step wants.
    ///
    /// @param name unique on the platform
    /// @param command what to run instead of the image's own command; empty for the image's own
    /// @param vcpu share of processors; 1 = one whole processor
    /// @param memoryMb in MiB
    /// @param port where the application listens, and what `PORT` says; 0 for a worker
    /// @param environment values that may be shown
    /// @param secrets variables that are filled from a secret's member
    /// @param databases variables that are filled with a database's address and credentials
    record ContainerWanted(
            UUID tenant,
            String name,
            String image,
            List<String> command,
            BigDecimal vcpu,
            int memoryMb,
            int port,
            Map<String, String> environment,
            Map<String, SecretMember> secrets,
            Map<String, DatabaseWanted> databases) {}

    /// One member of a secret.
    record SecretMember(String secret, String member) {}

    /// A secret's current value.
    record Secret(String name, UUID tenant, int version, Map<String, String> value) {}

    /// @param real false when containers are simulated
    /// @param sentence what a person should know about it
    record ContainerRuntime(boolean real, String sentence) {}
}
