package io.autostack.marketplace;

import io.autostack.plugin.TemplateDescription;
import java.time.Instant;

/// A published version of a template.
///
/// @param sha256 of the jar in the artefact store
/// @param verified true when the platform's owner vouches for it
public record Release(
        String template,
        String version,
        String sha256,
        TemplateDescription description,
        boolean verified,
        String origin,
        Instant publishedAt) {}
