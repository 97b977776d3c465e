package io.autostack.costs;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What one unit of one item costs, as one source says.
///
/// @param asOf date of that source; null when it carries none
/// @param above the price is for units beyond this quantity a month, so that a free allowance is data
/// @param upTo beyond this quantity a month the price is not known; null when it has no end
public record UnitPrice(
        String service,
        String item,
        String unit,
        BigDecimal price,
        String region,
        String source,
        @Nullable LocalDate asOf,
        BigDecimal above,
        @Nullable BigDecimal upTo) {

    /// With every digit that counts, and two at the least: `0.40`, `0.004445`.
    String text() {
        var digits = price.signum() == 0 ? BigDecimal.ZERO : price.stripTrailingZeros();
        return (digits.scale() < 2 ? digits.setScale(2) : digits).toPlainString();
    }
}
