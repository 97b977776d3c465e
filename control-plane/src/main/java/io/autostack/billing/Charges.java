package io.autostack.billing;

import io.autostack.billing.Charge.Account;
import io.autostack.jdbc.Sql;
import io.autostack.metering.Period;
import io.autostack.shared.Money;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads the charges of a month one after the other, so that a month of any size takes the same memory.
@ApplicationScoped
public class Charges {

    /// Who was served and not being closed when the month ended, or is so now, on the plan and under the name of
    /// then: whatever becomes of a tenant later, a month that is over stays what it was. A tenant that never became
    /// active owes nothing.
    private static final String CHARGES = """
            select tenant.id, tenant.slug, tenant.name, plan.plan, plan.version, plan.name as plan_name,
                   plan.price, plan.currency, meter.name as meter, meter.title, meter.unit, total.quantity
              from (select distinct on (tenant_id) tenant_id as id, slug, name, status, plan, plan_version
                      from tenancy.tenant_history history
                     where since < ?
                     order by tenant_id, since desc, history.id desc) tenant
              join plans.plan_version plan on plan.plan = tenant.plan and plan.version = tenant.plan_version
              left join (metering.total join metering.meter on meter.name = total.meter and meter.aggregation = 'sum')
                     on total.tenant_id = tenant.id and total.period = ?
             where tenant.status in ('active', 'suspended')
             order by tenant.id, meter.position
            """;

    private static final int ROWS_AT_A_TIME = 1_000;

    private final DataSource database;

    @Inject
    Charges(DataSource database) {
        this.database = database;
    }

    /// By tenant, the plan's fee first. Call it inside a transaction: without one all rows are fetched at once.
    public void forEach(Period period, Consumer<Charge> each) {
        var month = new Month(period, each);
        try (var connection = database.getConnection()) {
            Sql.of(connection, CHARGES, period.end().atOffset(ZoneOffset.UTC), period.firstDay())
                    .fetching(ROWS_AT_A_TIME)
                    .each(month::tell);
        } catch (SQLException e) {
            throw new IllegalStateException("the charges of " + period + " cannot be read", e);
        }
    }

    /// Tells the charges of a month row by row, and the fee of a tenant with the first of its rows.
    private static final class Month {

        private final Period period;
        private final Consumer<Charge> each;
        private @Nullable UUID before;

        Month(Period period, Consumer<Charge> each) {
            this.period = period;
            this.each = each;
        }

        void tell(ResultSet row) throws SQLException {
            var account = account(row);
            var currency = Currency.getInstance(row.getString("currency"));
            if (!account.tenant().equals(before))
                each.accept(new Charge.PlanFee(account, period, new Money(row.getBigDecimal("price"), currency)));
            var quantity = row.getBigDecimal("quantity");
            if (quantity != null)
                each.accept(new Charge.IncludedUsage(
                        account,
                        period,
                        row.getString("meter"),
                        row.getString("title"),
                        row.getString("unit"),
                        quantity,
                        new Money(BigDecimal.ZERO, currency)));
            before = account.tenant();
        }
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("name"),
                row.getString("plan"),
                row.getInt("version"),
                row.getString("plan_name"));
    }
}
