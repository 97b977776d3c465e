package io.autostack.costs;

import io.autostack.jdbc.Sql;
import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Currency;
import javax.sql.DataSource;

/// Reads price books. A published one never changes, and a new one comes with a migration, so it is read once.
@ApplicationScoped
public class PriceBooks {

    private static final String NEWEST = """
            select version, as_of, region, currency, hours_per_month, source
              from costs.price_book
             order by version desc
             limit 1
            """;

    private static final String PRICES = """
            select service, item, unit, price, region, source, as_of, above, up_to
              from costs.price
             where book_version = ?
             order by service, item, unit
            """;

    private static final String LEFT_OUT =
            "select what, why from costs.left_out where book_version = ? order by position";

    private final DataSource database;

    @Inject
    PriceBooks(DataSource database) {
        this.database = database;
    }

    /// The price book that estimates use.
    @CacheResult(cacheName = "price-book")
    public PriceBook current() {
        try (var connection = database.getConnection()) {
            return Sql.of(connection, NEWEST)
                    .find(row -> book(connection, row))
                    .orElseThrow(() -> new IllegalStateException("there is no price book"));
        } catch (SQLException e) {
            throw new IllegalStateException("costs.price_book cannot be read", e);
        }
    }

    private static PriceBook book(Connection connection, ResultSet row) throws SQLException {
        int version = row.getInt("version");
        return new PriceBook(
                version,
                row.getObject("as_of", LocalDate.class),
                row.getString("region"),
                Currency.getInstance(row.getString("currency")),
                row.getInt("hours_per_month"),
                row.getString("source"),
                Sql.of(connection, PRICES, version).list(PriceBooks::price),
                Sql.of(connection, LEFT_OUT, version)
                        .list(left -> new PriceBook.LeftOut(left.getString("what"), left.getString("why"))));
    }

    private static UnitPrice price(ResultSet row) throws SQLException {
        return new UnitPrice(
                row.getString("service"),
                row.getString("item"),
                row.getString("unit"),
                row.getBigDecimal("price").stripTrailingZeros(),
                row.getString("region"),
                row.getString("source"),
                row.getObject("as_of", LocalDate.class),
                row.getBigDecimal("above").stripTrailingZeros(),
                row.getBigDecimal("up_to"));
    }
}
