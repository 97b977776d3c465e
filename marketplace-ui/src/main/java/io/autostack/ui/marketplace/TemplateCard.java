package io.autostack.ui.marketplace;

import io.autostack.ui.parts.AmountRange;
import org.jspecify.annotations.Nullable;

/// A template in the catalogue; there is no price when it could not be estimated.
public record TemplateCard(
        String id,
        String name,
        String summary,
        String category,
        String version,
        boolean verified,
        @Nullable AmountRange monthly) {}
