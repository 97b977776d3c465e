package io.autostack.metering;

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
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(ALL);
                var rows = select.executeQuery()) {
            var meters = new LinkedHashMap<String, Meter>();
            while (rows.next())
                meters.put(
                        rows.getString("name"),
                        new Meter(
                                rows.getString("name"),
                                rows.getString("title"),
                                rows.getString("description"),
                                rows.getString("unit"),
                                rows.getString("singular"),
                                rows.getString("plural"),
                                Meter.Aggregation.of(rows.getString("aggregation"))));
            return Collections.unmodifiableMap(meters);
        } catch (SQLException e) {
            throw new IllegalStateException("metering.meter cannot be read", e);
        }
    }
}
