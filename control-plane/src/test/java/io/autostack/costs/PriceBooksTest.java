package io.autostack.costs;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.metering.PlatformDatabase;
import java.math.BigDecimal;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformDatabase.Extension.class)
class PriceBooksTest {

    private static final Comparator<UnitPrice> BY_KEY = Comparator.comparing(UnitPrice::service)
            .thenComparing(UnitPrice::item)
            .thenComparing(UnitPrice::unit);

    @Test
    void the_book_in_the_database_is_the_one_the_estimates_are_tested_with(PlatformDatabase database) {
        var seeded = BundledPriceBook.read();

        var stored = new PriceBooks(database.platform()).current();

        assertThat(stored)
                .usingRecursiveComparison()
                .withComparatorForType(Comparator.naturalOrder(), BigDecimal.class)
                .isEqualTo(new PriceBook(
                        seeded.version(),
                        seeded.asOf(),
                        seeded.region(),
                        seeded.currency(),
                        seeded.hoursPerMonth(),
                        seeded.source(),
                        seeded.prices().stream().sorted(BY_KEY).toList(),
                        seeded.leftOut()));
    }
}
