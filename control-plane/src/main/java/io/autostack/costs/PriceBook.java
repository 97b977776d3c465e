package io.autostack.costs;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// A published set of unit prices. It never changes, so an estimate that names it can be made again.
///
/// @param asOf date of its main source
/// @param hoursPerMonth hours that a month counts
/// @param leftOut what estimates made with this book do not include
public record PriceBook(
        int version,
        LocalDate asOf,
        String region,
        Currency currency,
        int hoursPerMonth,
        String source,
        List<UnitPrice> prices,
        List<LeftOut> leftOut) {

    public PriceBook {
        prices = List.copyOf(prices);
        leftOut = List.copyOf(leftOut);
    }

    /// Something that exists and is not part of an estimate: shown as not included, never as zero.
    public record LeftOut(String what, String why) {}

    public Optional<UnitPrice> find(String service, String item, String unit) {
        return prices.stream()
                .filter(price -> price.item().equals(item)
                        && price.service().equals(service)
                        && price.unit().equals(unit))
                .findFirst();
    }
}
