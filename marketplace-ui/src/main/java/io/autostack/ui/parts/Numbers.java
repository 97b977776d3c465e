package io.autostack.ui.parts;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/// Numbers in the one notation of this interface: 1,234.5.
final class Numbers {

    private Numbers() {}

    /// Keeps exactly the digits after the point which the number has.
    static String grouped(BigDecimal number) {
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    static String shortest(BigDecimal number) {
        return grouped(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
    }
}
