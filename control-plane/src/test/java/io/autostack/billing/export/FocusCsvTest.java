package io.autostack.billing.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.autostack.billing.Charge;
import io.autostack.metering.Period;
import io.autostack.shared.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FocusCsvTest {

    private static final Period NOVEMBER = new Period(YearMonth.of(2026, 11));
    private static final UUID TENANT = UUID.fromString("019a0000-0000-7000-8000-000000000001");

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.4"})
    void every_row_keeps_the_rules(String version) {
        assertThat(FocusRules.broken(file(version, fee("Acme"), usage("12345.678900")), version))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.4"})
    void a_month_without_charges_is_a_header(String version) {
        assertThat(file(version)).containsOnlyOnce("\r\n").startsWith("BillingAccountId,");
    }

    @Test
    void the_fee_is_the_whole_price_and_says_so() {
        assertThat(row(fee("Acme")))
                .extracting(cell("BilledCost"), cell("ChargeDescription"))
                .containsExactly("99", "Starter plan (version 1), November 2026, full monthly price, not prorated");
    }

    @Test
    void usage_costs_nothing_and_keeps_its_quantity() {
        assertThat(row(usage("12345.678900")))
                .extracting(cell("BilledCost"), cell("ConsumedQuantity"), cell("ConsumedUnit"))
                .containsExactly("0", "12345.6789", "Requests");
    }

    @Test
    void large_and_small_numbers_are_written_out() {
        assertThat(row(usage("99999999999999.000001")).getField("ConsumedQuantity"))
                .isEqualTo("99999999999999.000001");
    }

    @Test
    void m08_a_round_number_is_written_out() {
        assertThat(row(usage("1000")).getField("ConsumedQuantity")).isEqualTo("1000");
        assertThat(row(usage("1E+3")).getField("ConsumedQuantity")).isEqualTo("1000");
    }

    @Test
    void the_month_ends_where_the_next_one_begins() {
        assertThat(row(fee("Acme")))
                .extracting(cell("BillingPeriodStart"), cell("BillingPeriodEnd"))
                .containsExactly("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    }

    @Test
    void null_is_an_empty_cell_without_quotes() {
        assertThat(file("1.4", fee("Acme"))).doesNotContain("\"\"");
    }

    @ParameterizedTest
    @CsvSource({"=1+1,'''=1+1'", "+1,'''+1'", "-1,'''-1'", "@A1,'''@A1'", "a=b,a=b"})
    void a_name_that_looks_like_a_formula_is_disarmed(String name, String written) {
        assertThat(row(fee(name)).getField("BillingAccountName")).isEqualTo(written);
    }

    @Test
    void quotes_commas_and_line_breaks_survive() {
        assertThat(row(fee("Bäckerei \"Süß\", Söhne\nund Töchter")).getField("BillingAccountName"))
                .isEqualTo("Bäckerei \"Süß\", Söhne\nund Töchter");
    }

    @Test
    void a_price_id_belongs_to_one_plan_version() {
        assertThat(row(usage("1")))
                .extracting(cell("SkuId"), cell("SkuPriceId"))
                .containsExactly("meter/api-requests", "meter/api-requests@starter/1");
    }

    private static Function<NamedCsvRecord, Object> cell(String column) {
        return row -> row.getField(column);
    }

    private static NamedCsvRecord row(Charge charge) {
        return CsvReader.builder().ofNamedCsvRecord(file("1.4", charge)).stream()
                .findFirst()
                .orElseThrow();
    }

    private static String file(String version, Charge... charges) {
        var out = new ByteArrayOutputStream();
        try (var csv = new FocusCsv(FocusVersion.of(version).orElseThrow(), "AutoStack", out)) {
            Stream.of(charges).forEach(csv::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Charge fee(String name) {
        return new Charge.PlanFee(account(name), NOVEMBER, Money.usd("99.00"));
    }

    private static Charge usage(String quantity) {
        return new Charge.IncludedUsage(
                account("Acme"),
                NOVEMBER,
                "api-requests",
                "API requests",
                "Requests",
                new BigDecimal(quantity),
                Money.usd("0"));
    }

    private static Charge.Account account(String name) {
        return new Charge.Account(TENANT, "acme", name, "starter", 1, "Starter");
    }
}
