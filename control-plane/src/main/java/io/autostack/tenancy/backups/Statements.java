package io.autostack.tenancy.backups;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Plain SQL on the tables of this package, in the scope of whoever asks.
@ApplicationScoped
class Statements {

    private final DataSource database;

    @Inject
    Statements(DataSource database) {
        this.database = database;
    }

    /// A row as a record.
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /// @return whether exactly one row was changed
    boolean change(String sql, @Nullable Object... values) {
        return on(sql, PreparedStatement::executeUpdate, values) == 1;
    }

    <T> List<T> read(String sql, Reading<T> reading, @Nullable Object... values) {
        return on(
                sql,
                select -> {
                    try (var rows = select.executeQuery()) {
                        var found = new ArrayList<T>();
                        while (rows.next()) found.add(reading.of(rows));
                        return found;
                    }
                },
                values);
    }

    static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    static @Nullable Instant momentIfAny(ResultSet row, String column) throws SQLException {
        var moment = row.getTimestamp(column);
        return moment == null ? null : moment.toInstant();
    }

    static @Nullable Long numberIfAny(ResultSet row, String column) throws SQLException {
        var number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T on(String sql, Work<T> work, @Nullable Object... values) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++)
                statement.setObject(i + 1, values[i] instanceof Instant moment ? Timestamp.from(moment) : values[i]);
            return work.on(statement);
        } catch (SQLException outage) {
            throw new IllegalStateException("the list of backups cannot be reached", outage);
        }
    }
}
