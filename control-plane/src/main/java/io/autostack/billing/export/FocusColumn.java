package io.autostack.billing.export;

import io.autostack.billing.Charge;
import io.autostack.billing.Charge.IncludedUsage;
import io.autostack.billing.Charge.PlanFee;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The columns of the FOCUS file, in their order: first those of the specification, then our own (`x_`).
///
/// All mandatory columns are here, and the conditional ones whose condition a subscription with metered usage meets.
enum FocusColumn {
    BILLING_ACCOUNT_ID("BillingAccountId", (charge, issuer) -> charge.account().tenant()),
    BILLING_ACCOUNT_NAME(
            "BillingAccountName", (charge, issuer) -> charge.account().name()),
    BILLING_CURRENCY(
            "BillingCurrency", (charge, issuer) -> charge.cost().currency().getCurrencyCode()),
    BILLING_PERIOD_START(
            "BillingPeriodStart", (charge, issuer) -> charge.period().start()),
    BILLING_PERIOD_END("BillingPeriodEnd", (charge, issuer) -> charge.period().end()),
    CHARGE_PERIOD_START("ChargePeriodStart", (charge, issuer) -> charge.period().start()),
    CHARGE_PERIOD_END("ChargePeriodEnd", (charge, issuer) -> charge.period().end()),
    CHARGE_CATEGORY("ChargeCategory", (charge, issuer) -> charge instanceof PlanFee ? "Purchase" : "Usage"),
    CHARGE_CLASS("ChargeClass", (charge, issuer) -> null),
    CHARGE_DESCRIPTION("ChargeDescription", (charge, issuer) -> description(charge)),
    CHARGE_FREQUENCY("ChargeFrequency", (charge, issuer) -> charge instanceof PlanFee ? "Recurring" : "Usage-Based"),
    BILLED_COST("BilledCost", (charge, issuer) -> charge.cost().amount()),
    EFFECTIVE_COST("EffectiveCost", (charge, issuer) -> charge.cost().amount()),
    LIST_COST("ListCost", (charge, issuer) -> charge.cost().amount()),
    CONTRACTED_COST("ContractedCost", (charge, issuer) -> charge.cost().amount()),
    LIST_UNIT_PRICE("ListUnitPrice", (charge, issuer) -> unitPrice(charge)),
    CONTRACTED_UNIT_PRICE("ContractedUnitPrice", (charge, issuer) -> unitPrice(charge)),
    PRICING_CATEGORY("PricingCategory", (charge, issuer) -> "Standard"),
    PRICING_QUANTITY("PricingQuantity", (charge, issuer) -> quantity(charge)),
    PRICING_UNIT("PricingUnit", (charge, issuer) -> charge instanceof IncludedUsage usage ? usage.unit() : "Months"),
    CONSUMED_QUANTITY(
            "ConsumedQuantity", (charge, issuer) -> charge instanceof IncludedUsage ? quantity(charge) : null),
    CONSUMED_UNIT("ConsumedUnit", (charge, issuer) -> charge instanceof IncludedUsage usage ? usage.unit() : null),
    SKU_ID("SkuId", (charge, issuer) -> sku(charge)),
    SKU_METER("SkuMeter", (charge, issuer) -> charge instanceof IncludedUsage usage ? usage.title() : null),
    SKU_PRICE_ID("SkuPriceId", (charge, issuer) -> skuPrice(charge)),
    SERVICE_CATEGORY("ServiceCategory", (charge, issuer) -> "Developer Tools"),
    SERVICE_SUBCATEGORY("ServiceSubcategory", (charge, issuer) -> "Developer Platforms"),
    SERVICE_NAME("ServiceName", (charge, issuer) -> "AutoStack"),
    SERVICE_PROVIDER_NAME("ServiceProviderName", EnumSet.of(FocusVersion.V1_4), (charge, issuer) -> issuer),
    HOST_PROVIDER_NAME("HostProviderName", EnumSet.of(FocusVersion.V1_4), (charge, issuer) -> issuer),
    PROVIDER_NAME("ProviderName", EnumSet.of(FocusVersion.V1_2), (charge, issuer) -> issuer),
    PUBLISHER_NAME("PublisherName", EnumSet.of(FocusVersion.V1_2), (charge, issuer) -> issuer),
    INVOICE_ISSUER_NAME("InvoiceIssuerName", (charge, issuer) -> issuer),
    TENANT_SLUG("x_TenantSlug", (charge, issuer) -> charge.account().slug()),
    PLAN("x_Plan", (charge, issuer) -> charge.account().plan()),
    PLAN_VERSION(
            "x_PlanVersion",
            (charge, issuer) -> BigDecimal.valueOf(charge.account().planVersion()));

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String id;
    private final Set<FocusVersion> versions;
    private final BiFunction<Charge, String, @Nullable Object> value;

    FocusColumn(String id, BiFunction<Charge, String, @Nullable Object> value) {
        this(id, EnumSet.allOf(FocusVersion.class), value);
    }

    FocusColumn(String id, Set<FocusVersion> versions, BiFunction<Charge, String, @Nullable Object> value) {
        this.id = id;
        this.versions = versions;
        this.value = value;
    }

    static List<FocusColumn> of(FocusVersion version) {
        return Arrays.stream(values())
                .filter(column -> column.versions.contains(version))
                .toList();
    }

    /// The column's name in the file.
    String id() {
        return id;
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
