package io.autostack.billing.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.billing.Charge;
import io.autostack.metering.Period;
import io.autostack.shared.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The check itself: a file that breaks a rule must be found out.
class FocusRulesTest {

    @ParameterizedTest
    @CsvSource({
        "ChargeClass, Chargeclass, 1: ChargeClass: is mandatory",
        "HostProviderName, ProviderName, 1: HostProviderName: is mandatory in 1.4",
        "Purchase, Rent, 2: ChargeCategory: is not one of the allowed values: Rent",
        "Developer Tools, Tools, 2: ServiceCategory: is not one of the allowed values: Tools",
        "2026-12-01T00:00:00Z, 2026-11-01T00:00:00Z, 2: BillingPeriodStart: ends first",
        "2026-12-01T00:00:00Z, 2026-12-01, 2: BillingPeriodEnd: is not a moment: 2026-12-01",
        "Recurring, Usage-Based, 2: ChargeFrequency: a purchase is not usage-based",
        "'Months,,', 'Months,3,Months', 2: ConsumedQuantity: is there for usage only",
        "'Standard,1,Months', 'Standard,2,Months', 2: ListCost: is not price times quantity",
        "',99,99,99,99,', ',,99,99,99,', 2: BilledCost: must not be null",
        "USD, usd, 2: BillingCurrency: is not ISO 4217: usd"
    })
    void a_broken_rule_is_found(String good, String bad, String finding) throws IOException {
        assertThat(broken(good, bad)).contains(finding);
    }

    private static List<String> broken(String good, String bad) throws IOException {
        var file = file();
        assertThat(file).contains(good);
        return FocusRules.broken(file.replace(good, bad), "1.4");
    }

    private static String file() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var csv = new FocusCsv(FocusVersion.V1_4, "AutoStack", out)) {
            csv.write(new Charge.PlanFee(
                    new Charge.Account(new UUID(7, 7), "acme", "Acme", "starter", 1, "Starter"),
                    new Period(YearMonth.of(2026, 11)),
                    Money.usd("99.00")));
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
