package io.autostack.marketplace;

import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.pluginhost.Origin;
import java.time.Instant;
import java.util.Optional;

/// A published version of a template.
///
/// @param sha256 of the jar in the artefact store
/// @param sample what it builds with all initial values, if every parameter has one
/// @param verified true when the platform's owner vouches for it
public record Release(
        String template,
        String version,
        String sha256,
        TemplateDescription description,
        Optional<StackPlan> sample,
        boolean verified,
        String origin,
        Instant publishedAt) {

    static final String BUNDLED = "bundled";

    /// Only what the product itself put on offer is trusted as the product is.
    Origin jarFrom() {
        return origin.equals(BUNDLED) ? Origin.BUNDLED : Origin.THIRD_PARTY;
    }
}
