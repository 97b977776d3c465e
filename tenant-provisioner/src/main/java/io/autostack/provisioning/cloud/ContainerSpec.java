package io.autostack.provisioning.cloud;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A container that a step wants.
///
/// @param name unique on the platform
/// @param command what to run instead of the image's own command; empty for the image's own
/// @param vcpu share of processors; 1 = one whole processor
/// @param memoryMb in MiB
/// @param replicas how many copies of it run
/// @param port where the application listens, and what `PORT` says; 0 for a worker
/// @param healthPath where it answers 2xx once it is ready; null when nothing is asked
/// @param environment values that may be shown
/// @param secrets variables that are filled from a secret's member
/// @param databases variables that are filled with a database's address and credentials
public record ContainerSpec(
        UUID tenant,
        String name,
        String image,
        List<String> command,
        BigDecimal vcpu,
        int memoryMb,
        Replicas replicas,
        int port,
        @Nullable String healthPath,
        Map<String, String> environment,
        Map<String, SecretMember> secrets,
        Map<String, DatabaseSpec> databases) {}
