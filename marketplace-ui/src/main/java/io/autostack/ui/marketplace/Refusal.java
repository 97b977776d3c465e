package io.autostack.ui.marketplace;

import java.math.BigDecimal;

/// Why a limit of the plan does not allow this, and the way out.
public record Refusal(
        String limit,
        BigDecimal used,
        BigDecimal most,
        String explanation,
        String wayOut,
        String wayOutLabel,
        String wayOutHref) {}
