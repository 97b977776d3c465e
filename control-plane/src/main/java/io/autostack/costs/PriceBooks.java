package io.autostack.costs;

import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
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
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(NEWEST);
                var row = select.executeQuery()) {
            if (!row.next()) throw new IllegalStateException("there is no price book");
            int version = row.getInt("version");
            return new PriceBook(
                    version,
                    row.getObject("as_of", LocalDate.class),
                    row.getString("region"),
                    Currency.getInstance(row.getString("currency")),
                    row.getInt("hours_per_month"),
                    row.getString("source"),
                    prices(connection, version),
                    leftOut(connection, version));
        } catch (SQLException e) {
            throw new IllegalStateException("costs.price_book cannot be read", e);
        }
    }

    private static List<UnitPrice> prices(Connection connection, int version) throws SQLException {
        try (var select = connection.prepareStatement(PRICES)) {
            select.setInt(1, version);
            try (var rows = select.executeQuery()) {
                var prices = new ArrayList<UnitPrice>();
                while (rows.next())
                    prices.add(new UnitPrice(
                            rows.getString("service"),
                            rows.getString("item"),
                            rows.getString("unit"),
                            rows.getBigDecimal("price").stripTrailingZeros(),
                            rows.getString("region"),
                            rows.getString("source"),
                            rows.getObject("as_of", LocalDate.class),
                            rows.getBigDecimal("above").stripTrailingZeros(),
                            rows.getBigDecimal("up_to")));
                return prices;
            }
        }
    }

    private static List<PriceBook.LeftOut> leftOut(Connection connection, int version) throws SQLException {
        try (var select = connection.prepareStatement(LEFT_OUT)) {
            select.setInt(1, version);
            try (var rows = select.executeQuery()) {
                var leftOut = new ArrayList<PriceBook.LeftOut>();
                while (rows.next()) leftOut.add(new PriceBook.LeftOut(rows.getString("what"), rows.getString("why")));
                return leftOut;
            }
        }
    }
}
