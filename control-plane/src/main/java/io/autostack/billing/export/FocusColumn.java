package io.autostack.billing.export;

import io.autostack.billing.Charge;
import io.autostack.billing.Charge.IncludedUsage;
import io.autostack.billing.Charge.PlanFee;
import io.autostack.shared.SpreadsheetText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A column of the FOCUS file. The table has them in their order: first those of the specification, then our own
/// (`x_`).
///
/// All mandatory columns are here, and the conditional ones whose condition a subscription with metered usage meets.
///
/// @param id its name in the file
/// @param versions those that have it
record FocusColumn(String id, Set<FocusVersion> versions, BiFunction<Charge, String, @Nullable Object> value) {

    private static final List<FocusColumn> TABLE = List.of(
            column("BillingAccountId", (charge, issuer) -> charge.account().tenant()),
            column("BillingAccountName", (charge, issuer) -> charge.account().name()),
            column(
                    "BillingCurrency",
                    (charge, issuer) -> charge.cost().currency().getCurrencyCode()),
            column("BillingPeriodStart", (charge, issuer) -> charge.period().start()),
            column("BillingPeriodEnd", (charge, issuer) -> charge.period().end()),
            column("ChargePeriodStart", (charge, issuer) -> charge.period().start()),
            column("ChargePeriodEnd", (charge, issuer) -> charge.period().end()),
            column("ChargeCategory", (charge, issuer) -> charge instanceof PlanFee ? "Purchase" : "Usage"),
            column("ChargeClass", (charge, issuer) -> null),
            column("ChargeDescription", (charge, issuer) -> description(charge)),
            column("ChargeFrequency", (charge, issuer) -> charge instanceof PlanFee ? "Recurring" : "Usage-Based"),
            column("BilledCost", (charge, issuer) -> charge.cost().amount()),
            column("EffectiveCost", (charge, issuer) -> charge.cost().amount()),
            column("ListCost", (charge, issuer) -> charge.cost().amount()),
            column("ContractedCost", (charge, issuer) -> charge.cost().amount()),
            column("ListUnitPrice", (charge, issuer) -> unitPrice(charge)),
            column("ContractedUnitPrice", (charge, issuer) -> unitPrice(charge)),
            column("PricingCategory", (charge, issuer) -> "Standard"),
            column("PricingQuantity", (charge, issuer) -> quantity(charge)),
            column("PricingUnit", (charge, issuer) -> charge instanceof IncludedUsage usage ? usage.unit() : "Months"),
            column("ConsumedQuantity", (charge, issuer) -> charge instanceof IncludedUsage ? quantity(charge) : null),
            column("ConsumedUnit", (charge, issuer) -> charge instanceof IncludedUsage usage ? usage.unit() : null),
            column("SkuId", (charge, issuer) -> sku(charge)),
            column("SkuMeter", (charge, issuer) -> charge instanceof IncludedUsage usage ? usage.title() : null),
            column("SkuPriceId", (charge, issuer) -> skuPrice(charge)),
            column("ServiceCategory", (charge, issuer) -> "Developer Tools"),
            column("ServiceSubcategory", (charge, issuer) -> "Developer Platforms"),
            column("ServiceName", (charge, issuer) -> "AutoStack"),
            only(FocusVersion.V1_4, "ServiceProviderName", (charge, issuer) -> issuer),
            only(FocusVersion.V1_4, "HostProviderName", (charge, issuer) -> issuer),
            only(FocusVersion.V1_2, "ProviderName", (charge, issuer) -> issuer),
            only(FocusVersion.V1_2, "PublisherName", (charge, issuer) -> issuer),
            column("InvoiceIssuerName", (charge, issuer) -> issuer),
            column("x_TenantSlug", (charge, issuer) -> charge.account().slug()),
            column("x_Plan", (charge, issuer) -> charge.account().plan()),
            column(
                    "x_PlanVersion",
                    (charge, issuer) -> BigDecimal.valueOf(charge.account().planVersion())));

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static List<FocusColumn> of(FocusVersion version) {
        return TABLE.stream()
                .filter(column -> column.versions.contains(version))
                .toList();
    }

    /// The cell of a charge; null is an empty cell.
    ///
    /// @param issuer who provides the service and sends the invoice
    @Nullable
    String cell(Charge charge, String issuer) {
        return switch (value.apply(charge, issuer)) {
            case null -> null;
            case BigDecimal number ->
                number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            case Instant moment -> MOMENT.format(moment);
            case Object text -> SpreadsheetText.safe(text.toString());
        };
    }

    private static FocusColumn column(String id, BiFunction<Charge, String, @Nullable Object> value) {
        return new FocusColumn(id, Set.of(FocusVersion.values()), value);
    }

    private static FocusColumn only(
            FocusVersion version, String id, BiFunction<Charge, String, @Nullable Object> value) {
        return new FocusColumn(id, Set.of(version), value);
    }

    private static String description(Charge charge) {
        var plan = charge.account().planName() + " plan (version "
                + charge.account().planVersion() + ")";
        return switch (charge) {
            case PlanFee fee -> plan + ", " + month(fee) + ", full monthly price, not prorated";
            case IncludedUsage usage -> usage.title() + ", " + month(usage) + ", included in the " + plan;
        };
    }

    private static String month(Charge charge) {
        var month = charge.period().month();
        return month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + month.getYear();
    }

    private static BigDecimal unitPrice(Charge charge) {
        return switch (charge) {
            case PlanFee fee -> fee.price().amount();
            case IncludedUsage included -> BigDecimal.ZERO;
        };
    }

    private static BigDecimal quantity(Charge charge) {
        return switch (charge) {
            case PlanFee once -> BigDecimal.ONE;
            case IncludedUsage usage -> usage.quantity();
        };
    }

    private static String sku(Charge charge) {
        return switch (charge) {
            case PlanFee fee -> "plan/" + fee.account().plan();
            case IncludedUsage usage -> "meter/" + usage.meter();
        };
    }

    private static String skuPrice(Charge charge) {
        var version = charge.account().plan() + "/" + charge.account().planVersion();
        return sku(charge) + "@" + version;
    }
}
