package io.autostack.billing.export;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of FOCUS that apply to the columns we write, checked on the finished file, independent of how it is made.
final class FocusRules {

    private static final Set<String> MANDATORY = Set.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ContractedCost",
            "EffectiveCost",
            "ListCost",
            "InvoiceIssuerName",
            "PricingQuantity",
            "PricingUnit",
            "ServiceCategory",
            "ServiceName");
    private static final Map<String, Set<String>> PROVIDERS = Map.of(
            "1.4", Set.of("ServiceProviderName", "HostProviderName"),
            "1.2", Set.of("ProviderName", "PublisherName"));
    private static final Set<String> MAY_BE_NULL =
            Set.of("ChargeClass", "SkuMeter", "ConsumedQuantity", "ConsumedUnit");
    private static final Set<String> NUMBERS = Set.of(
            "BilledCost",
            "ContractedCost",
            "EffectiveCost",
            "ListCost",
            "PricingQuantity",
            "ConsumedQuantity",
            "ListUnitPrice",
            "ContractedUnitPrice",
            "x_PlanVersion");
    private static final Set<String> MOMENTS =
            Set.of("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd");
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "ChargeCategory", Set.of("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
            "ChargeFrequency", Set.of("One-Time", "Recurring", "Usage-Based"),
            "PricingCategory", Set.of("Standard", "Dynamic", "Committed", "Other"),
            "ServiceCategory",
                    Set.of(
                            "AI and Machine Learning",
                            "Analytics",
                            "Business Applications",
                            "Compute",
                            "Databases",
                            "Developer Tools",
                            "Multicloud",
                            "Identity",
                            "Integration",
                            "Internet of Things",
                            "Management and Governance",
                            "Media",
                            "Migration",
                            "Mobile",
                            "Networking",
                            "Security",
                            "Storage",
                            "Web",
                            "Other"));
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern UNIT = Pattern.compile("(\\d+ )?[A-Z][A-Za-z]*(-[A-Z][a-z]+)?(/[A-Z][a-z]+)?");
    private static final Pattern COLUMN = Pattern.compile("(x_)?[A-Z][A-Za-z]{0,49}");

    private final List<String> broken = new ArrayList<>();

    private FocusRules() {}

    /// @return what is broken, as `line: column: rule`; empty when nothing is
    static List<String> broken(String csv, String version) {
        var rules = new FocusRules();
        var header = CsvReader.builder().ofCsvRecord(csv).stream()
                .findFirst()
                .orElseThrow()
                .getFields();
        rules.header(header, version);
        CsvReader.builder().ofNamedCsvRecord(csv).forEach(rules::row);
        return rules.broken;
    }

    private void header(List<String> header, String version) {
        var providers = PROVIDERS.getOrDefault(version, Set.of());
        for (var column : MANDATORY) check(header.contains(column), 1, column, "is mandatory");
        for (var column : providers) check(header.contains(column), 1, column, "is mandatory in " + version);
        PROVIDERS.forEach((other, columns) -> {
            if (!other.equals(version))
                for (var column : columns) check(!header.contains(column), 1, column, "is not in " + version);
        });
        for (var column : header) check(COLUMN.matcher(column).matches(), 1, column, "is not PascalCase");
        var own = header.stream().dropWhile(column -> !column.startsWith("x_")).toList();
        check(own.stream().allMatch(column -> column.startsWith("x_")), 1, "x_", "own columns come last");
        check(Set.copyOf(header).size() == header.size(), 1, "header", "a column is there twice");
    }

    private void row(NamedCsvRecord row) {
        var before = broken.size();
        row.getFieldsAsMap().forEach((column, cell) -> cell(row.getStartingLineNumber(), column, cell));
        if (broken.size() == before) together(row);
    }

    /// What holds between the cells of a row, each of which is good by itself.
    private void together(NamedCsvRecord row) {
        period(row, "BillingPeriodStart", "BillingPeriodEnd");
        period(row, "ChargePeriodStart", "ChargePeriodEnd");
        cost(row, "ListCost", "ListUnitPrice");
        cost(row, "ContractedCost", "ContractedUnitPrice");
        var usage = row.getField("ChargeCategory").equals("Usage");
        check(usage != row.getField("ConsumedQuantity").isEmpty(), row, "ConsumedQuantity", "is there for usage only");
        check(usage != row.getField("ConsumedUnit").isEmpty(), row, "ConsumedUnit", "is there for usage only");
        check(
                usage || !row.getField("ChargeFrequency").equals("Usage-Based"),
                row,
                "ChargeFrequency",
                "a purchase is not usage-based");
        check(
                row.getField("EffectiveCost").equals(row.getField("BilledCost")),
                row,
                "EffectiveCost",
                "is the billed cost where no charge covers another");
    }

    private void cell(long line, String column, String cell) {
        if (cell.isEmpty()) {
            check(MAY_BE_NULL.contains(column), line, column, "must not be null");
            return;
        }
        check(!NUMBERS.contains(column) || NUMBER.matcher(cell).matches(), line, column, "is not a number: " + cell);
        check(!MOMENTS.contains(column) || MOMENT.matcher(cell).matches(), line, column, "is not a moment: " + cell);
        var allowed = ALLOWED.get(column);
        check(allowed == null || allowed.contains(cell), line, column, "is not one of the allowed values: " + cell);
        check(!column.endsWith("Unit") || UNIT.matcher(cell).matches(), line, column, "is not a unit: " + cell);
        check(!column.equals("BillingCurrency") || cell.matches("[A-Z]{3}"), line, column, "is not ISO 4217: " + cell);
        check(!column.equals("ChargeClass"), line, column, "nothing is a correction yet");
        check(!column.endsWith("UnitPrice") || !cell.startsWith("-"), line, column, "must not be negative");
    }

    private void period(NamedCsvRecord row, String start, String end) {
        check(Instant.parse(row.getField(start)).isBefore(Instant.parse(row.getField(end))), row, start, "ends first");
    }

    private void cost(NamedCsvRecord row, String cost, String unitPrice) {
        var product = number(row, unitPrice).multiply(number(row, "PricingQuantity"));
        check(product.compareTo(number(row, cost)) == 0, row, cost, "is not price times quantity");
    }

    private static BigDecimal number(NamedCsvRecord row, String column) {
        return new BigDecimal(row.getField(column));
    }

    private void check(boolean kept, NamedCsvRecord row, String column, String rule) {
        check(kept, row.getStartingLineNumber(), column, rule);
    }

    private void check(boolean kept, long line, String column, String rule) {
        if (!kept) broken.add(line + ": " + column + ": " + rule);
    }
}
