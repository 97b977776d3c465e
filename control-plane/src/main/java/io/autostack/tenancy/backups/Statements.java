package io.autostack.tenancy.backups;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

    /// @return whether exactly one row was changed
    boolean change(String sql, @Nullable Object... values) {
        return on(connection -> Sql.update(connection, sql, values)) == 1;
    }

    <T> List<T> read(String sql, Sql.Reader<T> reader, @Nullable Object... values) {
        return on(connection -> Sql.of(connection, sql, values).list(reader));
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
        T on(Connection connection) throws SQLException;
    }

    private <T> T on(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the list of backups cannot be reached", e);
        }
    }
}
