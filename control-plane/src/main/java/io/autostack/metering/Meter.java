package io.autostack.metering;

import java.math.BigDecimal;
import java.util.Locale;

/// Something that is measured.
///
/// @param unit capitalised plural as FOCUS writes units, for example `GB-Hours`
/// @param singular the thing in a sentence: “1 app”
/// @param plural the things in a sentence: “5 apps”
public record Meter(
        String name,
        String title,
        String description,
        String unit,
        String singular,
        String plural,
        Aggregation aggregation) {

    /// How single facts become the number of a month.
    public enum Aggregation {
        /// Events are added up.
        SUM,
        /// Counted at the moment somebody asks; nobody reports it.
        GAUGE;

        static Aggregation of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public boolean isSum() {
        return aggregation == Aggregation.SUM;
    }

    /// A quantity in words: “1 app”, “5 apps”.
    public String counted(BigDecimal quantity) {
        return Quantity.stripped(quantity).toPlainString() + " "
                + (quantity.compareTo(BigDecimal.ONE) == 0 ? singular : plural);
    }
}
