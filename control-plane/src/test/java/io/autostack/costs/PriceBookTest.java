package io.autostack.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PriceBookTest {

    @Test
    void every_price_of_the_specification_is_in_the_book_digit_for_digit() {
        var book = BundledPriceBook.read();

        assertThat(book.prices())
                .extracting(UnitPrice::service, UnitPrice::item, UnitPrice::unit, UnitPrice::price, UnitPrice::source)
                .containsExactlyElementsOf(SpecificationFile.read("prices.csv").stream()
                        .map(row -> tuple(
                                row.getField("service"),
                                row.getField("item"),
                                row.getField("unit"),
                                new BigDecimal(row.getField("price_usd")),
                                row.getField("source")))
                        .toList());
    }

    @Test
    void a_price_carries_the_date_of_its_own_source() {
        var price =
                BundledPriceBook.read().find("ECS Fargate", "vCPU", "vCPU-hour").orElseThrow();

        assertThat(price.asOf()).isEqualTo(LocalDate.parse("2026-02-15"));
    }

    @Test
    void a_price_from_a_source_without_a_date_has_none() {
        var price = BundledPriceBook.read()
                .find("EC2", "t3.small", "instance-month (730 h)")
                .orElseThrow();

        assertThat(price.asOf()).isNull();
    }
}
