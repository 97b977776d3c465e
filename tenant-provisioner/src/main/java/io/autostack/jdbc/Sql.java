package io.autostack.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One SQL statement on a connection, sent when it is said what is wanted of it, and closed again. Failures stay
/// [SQLException]s with their state: what one means is decided where it is caught.
public final class Sql {

    /// Of PostgreSQL's driver, when a row is read that is not there.
    private static final String NO_ROW = "24000";

    private final Connection connection;
    private final String text;
    private final @Nullable Object[] values;
    private int fetchSize;

    private Sql(Connection connection, String text, @Nullable Object[] values) {
        this.connection = connection;
        this.text = text;
        this.values = values;
    }

    /// @param values for the question marks, in their order. Without any, a question mark is just that, and several
    ///     statements may follow each other
    public static Sql of(Connection connection, String text, @Nullable Object... values) {
        return new Sql(connection, text, values);
    }

    public static void execute(Connection connection, String text, @Nullable Object... values) throws SQLException {
        of(connection, text, values)
                .with(statement ->
                        statement instanceof PreparedStatement prepared ? prepared.execute() : statement.execute(text));
    }

    /// @return how many rows were changed
    public static int update(Connection connection, String text, @Nullable Object... values) throws SQLException {
        return of(connection, text, values)
                .with(statement -> statement instanceof PreparedStatement prepared
                        ? prepared.executeUpdate()
                        : statement.executeUpdate(text));
    }

    /// One statement with many sets of values, sent together.
    public static void batch(Connection connection, String text, List<@Nullable Object[]> rows) throws SQLException {
        try (var statement = connection.prepareStatement(text)) {
            for (var values : rows) {
                bind(statement, 0, values);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// Changes that belong together.
    public interface Changes<T> {
        T make() throws SQLException;
    }

    /// Several changes, one commit.
    public static <T> T inTransaction(Connection connection, Changes<T> changes) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var made = changes.make();
            connection.commit();
            return made;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /// A name as a part of a statement.
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /// A text as a part of a statement, where PostgreSQL takes no values.
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /// Within a transaction the rows come so many at a time, so that there may be any number of them.
    public Sql fetching(int rows) {
        fetchSize = rows;
        return this;
    }

    /// What a row says.
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// What is done with a row.
    public interface Consumer<X extends Exception> {
        void accept(ResultSet row) throws SQLException, X;
    }

    /// Whether there is a row.
    public boolean exists() throws SQLException {
        return query(ResultSet::next);
    }

    /// The first row, if there is one.
    public <T> Optional<T> find(Reader<T> reader) throws SQLException {
        return query(rows -> rows.next() ? Optional.of(reader.read(rows)) : Optional.empty());
    }

    /// The row of a query that always has one.
    public <T> T one(Reader<T> reader) throws SQLException {
        return query(rows -> {
            if (!rows.next()) throw new SQLException("there is no row where there always is one", NO_ROW);
            return reader.read(rows);
        });
    }

    public <T> List<T> list(Reader<T> reader) throws SQLException {
        var found = new ArrayList<T>();
        each(row -> found.add(reader.read(row)));
        return found;
    }

    /// The first column of all rows.
    public List<String> texts() throws SQLException {
        return list(row -> row.getString(1));
    }

    public <X extends Exception> void each(Consumer<X> consumer) throws SQLException, X {
        this.<Boolean, X>query(rows -> {
            while (rows.next()) consumer.accept(rows);
            return true;
        });
    }

    private interface Work<S, T, X extends Exception> {
        T on(S it) throws SQLException, X;
    }

    private <T, X extends Exception> T query(Work<ResultSet, T, X> work) throws SQLException, X {
        return this.<T, X>with(statement -> {
            try (var rows = statement instanceof PreparedStatement prepared
                    ? prepared.executeQuery()
                    : statement.executeQuery(text)) {
                return work.on(rows);
            }
        });
    }

    private <T, X extends Exception> T with(Work<Statement, T, X> work) throws SQLException, X {
        if (values.length == 0)
            try (var statement = connection.createStatement()) {
                return begun(statement, work);
            }
        try (var statement = connection.prepareStatement(text)) {
            bind(statement, 0, values);
            return begun(statement, work);
        }
    }

    private <T, X extends Exception> T begun(Statement statement, Work<Statement, T, X> work) throws SQLException, X {
        if (fetchSize > 0) statement.setFetchSize(fetchSize);
        return work.on(statement);
    }

    /// @param bound how many values the statement has already
    /// @return how many it has now
    static int bind(PreparedStatement statement, int bound, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++)
            statement.setObject(
                    bound + i + 1, values[i] instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : values[i]);
        return bound + values.length;
    }
}
