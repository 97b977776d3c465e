package io.autostack.provisioning.cloud;

import io.autostack.provisioning.Billable;
import java.util.List;
import java.util.Optional;

/// What bringing a tenant in would make, what it would take of the account's quotas, and what is in the way. Asked
/// without making or changing anything.
///
/// @param parts in the order in which they are made
/// @param obstacles each as a sentence; none when it would go through
/// @param quotas each as a sentence
public record OnboardingPlan(List<Part> parts, List<String> obstacles, List<String> quotas) {

    /// Something that the cloud keeps.
    ///
    /// @param shared whether all tenants share it: made with the first of them, and kept
    /// @param billable what it is charged by; empty when it costs nothing by itself
    public record Part(String service, String name, String details, boolean shared, Optional<Billable> billable) {}

    /// Who can say so without a control plane; found by `ServiceLoader`.
    public interface Planner {

        /// @param slug the tenant's short name
        /// @throws IllegalArgumentException it is none
        OnboardingPlan plan(String slug, ServerSpec server) throws Exception;
    }

    public OnboardingPlan {
        parts = List.copyOf(parts);
        obstacles = List.copyOf(obstacles);
        quotas = List.copyOf(quotas);
    }
}
