package io.autostack.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.metering.Period;
import io.autostack.metering.PlatformDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PlatformDatabase.Extension.class)
class ChargesTest {

    private static final Period NOVEMBER = new Period(YearMonth.of(2026, 11));

    private final PlatformDatabase database;

    ChargesTest(PlatformDatabase database) {
        this.database = database;
    }

    @Test
    void a_tenant_is_charged_its_plan_and_told_its_usage() throws SQLException {
        var tenant = database.tenant("charged", "professional", "2026-11-19T00:00:00Z");
        used(tenant, "deployments", "2");
        used(tenant, "api-requests", "1500.5");

        assertThat(chargesOf(tenant))
                .extracting(charge -> switch (charge) {
                    case Charge.PlanFee fee -> fee.account().planName() + " " + fee.price();
                    case Charge.IncludedUsage usage ->
                        usage.quantity().stripTrailingZeros().toPlainString() + " " + usage.unit();
                })
                .containsExactly("Professional 299.00 USD", "1500.5 Requests", "2 Deployments");
    }

    @Test
    void m07_tenants_with_the_same_meters_owe_one_fee_each() throws SQLException {
        var one = database.tenant("one-of-two", "starter", "2026-10-01T00:00:00Z");
        var other = database.tenant("other-of-two", "starter", "2026-10-01T00:00:00Z");
        for (var tenant : List.of(one, other)) {
            used(tenant, "deployments", "2");
            used(tenant, "api-requests", "1");
        }

        for (var tenant : List.of(one, other))
            assertThat(chargesOf(tenant))
                    .extracting(charge -> charge.getClass().getSimpleName())
                    .containsExactly("PlanFee", "IncludedUsage", "IncludedUsage");
    }

    @Test
    void a_suspended_tenant_still_owes_its_plan() {
        var tenant = database.tenant("suspended", "Suspended", "starter", "suspended", "2026-10-01T00:00:00Z");

        assertThat(chargesOf(tenant)).hasSize(1);
    }

    @Test
    void a_tenant_that_never_became_active_owes_nothing() {
        var tenant = database.tenant("half-way", "Half way", "starter", "provisioning", "2026-10-01T00:00:00Z");

        assertThat(chargesOf(tenant)).isEmpty();
    }

    @Test
    void a_tenant_of_the_last_moment_of_the_month_is_charged() {
        var tenant = database.tenant("late", "starter", "2026-11-30T23:59:59Z");

        assertThat(chargesOf(tenant)).hasSize(1);
    }

    @Test
    void a_tenant_of_the_next_month_is_not_charged() {
        var tenant = database.tenant("too-late", "starter", "2026-12-01T00:00:00Z");

        assertThat(chargesOf(tenant)).isEmpty();
    }

    @Test
    void a_month_comes_to_the_sum_of_its_fees() {
        database.tenant("one-of-many", "enterprise", "2026-10-01T00:00:00Z");
        var month = new Billing(new Charges(database.platform())).of(NOVEMBER);

        assertThat(month.totals())
                .singleElement()
                .satisfies(total -> assertThat(total.amount())
                        .isEqualByComparingTo(month.fees().stream()
                                .map(fee -> fee.price().amount())
                                .reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    private List<Charge> chargesOf(UUID tenant) {
        var found = new ArrayList<Charge>();
        new Charges(database.platform()).forEach(NOVEMBER, charge -> {
            if (charge.account().tenant().equals(tenant)) found.add(charge);
        });
        return found;
    }

    private void used(UUID tenant, String meter, String quantity) throws SQLException {
        try (var connection = database.platform().getConnection();
                var insert = connection.prepareStatement(
                        "insert into metering.total (tenant_id, meter, period, quantity) values (?, ?, '2026-11-01', ?)")) {
            insert.setObject(1, tenant);
            insert.setString(2, meter);
            insert.setBigDecimal(3, new BigDecimal(quantity));
            insert.execute();
        }
    }
}
