package io.autostack.billing;

import io.autostack.jdbc.Sql;
import io.autostack.metering.Period;
import io.autostack.shared.Money;
import io.autostack.shared.Page;
import io.autostack.shared.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.UUID;
import javax.sql.DataSource;

/// The changes of plan that the current database scope sees. Plain SQL: the database alone can say whether a change is
/// there already.
@ApplicationScoped
public class PlanChanges {

    private static final String INSERT = """
            insert into billing.proration_event
                   (id, tenant_id, operation_id, from_plan, from_version, to_plan, to_version, happened_at, period,
                    left_microseconds, whole_microseconds, from_price, credit, credit_currency, to_price, charge,
                    charge_currency, rounding, formula)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (operation_id) do nothing
            """;

    private static final String PAGE = """
            select * from billing.proration_event
             where tenant_id = ? and (?::uuid is null or id < ?)
             order by id desc limit ?
            """;

    private final DataSource database;

    @Inject
    PlanChanges(DataSource database) {
        this.database = database;
    }

    /// @return false when this operation's change was recorded before
    boolean record(PlanChange change) {
        var proration = change.proration();
        return on(connection -> Sql.update(
                        connection,
                        INSERT,
                        change.id(),
                        change.tenant(),
                        change.operation(),
                        change.from().plan(),
                        change.from().version(),
                        change.to().plan(),
                        change.to().version(),
                        proration.moment().atOffset(ZoneOffset.UTC),
                        proration.period().firstDay(),
                        proration.left(),
                        proration.whole(),
                        change.from().price().amount(),
                        proration.credit().amount(),
                        proration.credit().currency().getCurrencyCode(),
                        change.to().price().amount(),
                        proration.charge().amount(),
                        proration.charge().currency().getCurrencyCode(),
                        change.rounding(),
                        change.formula()))
                == 1;
    }

    /// Of one tenant, newest first.
    public Page<PlanChange> page(UUID tenant, PageRequest request) {
        var after = request.afterId().orElse(null);
        var found = on(connection -> Sql.of(connection, PAGE, tenant, after, after, request.size() + 1)
                .list(PlanChanges::change));
        return Page.of(found, request.size(), change -> change.id().toString());
    }

    private static PlanChange change(ResultSet row) throws SQLException {
        var credit = money(row, "credit", "credit_currency");
        var charge = money(row, "charge", "charge_currency");
        return new PlanChange(
                row.getObject("id", UUID.class),
                row.getObject("tenant_id", UUID.class),
                row.getObject("operation_id", UUID.class),
                new PlanChange.Side(
                        row.getString("from_plan"),
                        row.getInt("from_version"),
                        money(row, "from_price", "credit_currency")),
                new PlanChange.Side(
                        row.getString("to_plan"), row.getInt("to_version"), money(row, "to_price", "charge_currency")),
                new Proration(
                        new Period(YearMonth.from(row.getObject("period", LocalDate.class))),
                        row.getTimestamp("happened_at").toInstant(),
                        row.getLong("left_microseconds"),
                        row.getLong("whole_microseconds"),
                        credit,
                        charge),
                row.getString("rounding"),
                row.getString("formula"));
    }

    private static Money money(ResultSet row, String amount, String currency) throws SQLException {
        BigDecimal exact = row.getBigDecimal(amount);
        return new Money(exact, Currency.getInstance(row.getString(currency)));
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T on(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the changes of plan cannot be reached", e);
        }
    }
}
