package io.autostack.metering;

import io.autostack.jdbc.Sql;
import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// Reads the meters. They come with migrations, so they are read once.
@ApplicationScoped
public class Meters {

    private static final String ALL = """
            select name, title, description, unit, singular, plural, aggregation
              from metering.meter
             order by position
            """;

    private final DataSource database;

    @Inject
    Meters(DataSource database) {
        this.database = database;
    }

    public Optional<Meter> find(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    /// In the order in which they are shown.
    @CacheResult(cacheName = "meters")
    public Map<String, Meter> byName() {
        try (var connection = database.getConnection()) {
            var meters = new LinkedHashMap<String, Meter>();
            Sql.of(connection, ALL)
                    .each(row -> meters.put(
                            row.getString("name"),
                            new Meter(
                                    row.getString("name"),
                                    row.getString("title"),
                                    row.getString("description"),
                                    row.getString("unit"),
                                    row.getString("singular"),
                                    row.getString("plural"),
                                    Meter.Aggregation.of(row.getString("aggregation")))));
            return Collections.unmodifiableMap(meters);
        } catch (SQLException e) {
            throw new IllegalStateException("metering.meter cannot be read", e);
        }
    }
}
