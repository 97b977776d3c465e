package io.autostack.costs;

import io.autostack.shared.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/// What infrastructure costs a month, from a quiet to a busy one, with the arithmetic that leads there.
///
/// Each row is rounded half up to cents, and the totals add rounded rows (specification, infrastructure model §6).
///
/// @param priceBook version of the price book
/// @param pricesAsOf date of the price book
/// @param leftOut what no estimate of this price book includes
/// @param unpriced what this very list of parts needs and the price book has no price for; the totals are too low by it
public record Estimate(
        int priceBook,
        LocalDate pricesAsOf,
        String region,
        int hoursPerMonth,
        List<Row> rows,
        Money low,
        Money high,
        List<PriceBook.LeftOut> leftOut,
        List<String> unpriced) {

    public Estimate {
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
        unpriced = List.copyOf(unpriced);
    }

    /// One component; its amounts are rounded.
    public record Row(String component, String service, Money low, Money high, List<Line> lines) {
        public Row {
            lines = List.copyOf(lines);
        }
    }

    /// One priced item of a component; its amounts are exact.
    ///
    /// @param quantity billed, in units
    /// @param formula the same in words, for example `1 × 0.5 vCPU × 0.04048 × 730 h`
    public record Line(
            String component,
            String service,
            String item,
            LowHigh quantity,
            String unit,
            BigDecimal unitPrice,
            BigDecimal low,
            BigDecimal high,
            String formula) {}

    public static Estimate of(PriceBook book, List<? extends Infrastructure> parts) {
        var arithmetic = new Arithmetic(book);
        var rows = parts.stream().map(arithmetic::row).toList();
        var nothing = new Money(BigDecimal.ZERO.setScale(book.currency().getDefaultFractionDigits()), book.currency());
        return new Estimate(
                book.version(),
                book.asOf(),
                book.region(),
                book.hoursPerMonth(),
                rows,
                rows.stream().map(Row::low).reduce(nothing, Money::plus),
                rows.stream().map(Row::high).reduce(nothing, Money::plus),
                book.leftOut(),
                arithmetic.unpriced());
    }

    /// What the total does not include, one sentence for each: first what was asked for and has no price.
    public List<String> notIncluded() {
        return Stream.concat(
                        unpriced.stream()
                                .map(what -> "No price is known for " + what + ", so the total is too low by it"),
                        leftOut.stream().map(left -> left.what() + ": " + left.why()))
                .toList();
    }
}
