package io.autostack.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/// What is asked of a database and how the answer is read, not sent yet: several go in one message and wait for one
/// answer. Outside of a transaction the message is one, as long as the driver knows the type of every value; else it
/// asks for types between the statements, and each is a transaction of its own. So there is no null among the values,
/// and who relies on one transaction looks whether it was one, as a scope does.
///
/// @param <T> what the answer says
public final class Query<T> {

    private final String text;
    private final Object[] values;
    private final Reading<T> reading;

    private Query(String text, Object[] values, Reading<T> reading) {
        for (var value : values) Objects.requireNonNull(value, "a value of a query has a type");
        this.text = text;
        this.values = values;
        this.reading = reading;
    }

    /// Reads the rows of each statement, one statement after the other.
    public interface Reading<T> {
        T read(Results results) throws SQLException;
    }

    /// @param text one statement that reads, or several with semicolons between them
    /// @param reading must take the rows of every statement
    /// @param values for the question marks, in their order
    public static <T> Query<T> of(String text, Reading<T> reading, Object... values) {
        return new Query<>(text, values, reading);
    }

    /// All rows.
    public static <T> Query<List<T>> list(String text, Sql.Reader<T> reader, Object... values) {
        return of(
                text,
                results -> {
                    var rows = results.next();
                    var found = new ArrayList<T>();
                    while (rows.next()) found.add(reader.read(rows));
                    return found;
                },
                values);
    }

    /// The first row, if there is one.
    public static <T> Query<Optional<T>> find(String text, Sql.Reader<T> reader, Object... values) {
        return of(
                text,
                results -> {
                    var rows = results.next();
                    return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
                },
                values);
    }

    /// The same query, and what is made of its answer.
    public <R> Query<R> map(Function<? super T, ? extends R> next) {
        return new Query<>(text, values, results -> next.apply(reading.read(results)));
    }

    /// Asked alone.
    public T run(Connection connection) throws SQLException {
        return run(connection, List.of(this)).to(this);
    }

    /// Asked in one message, in this order.
    public static Answers run(Connection connection, List<? extends Query<?>> queries) throws SQLException {
        var text = new StringJoiner(";");
        for (Query<?> query : queries) text.add(query.text);
        try (var statement = connection.prepareStatement(text.toString())) {
            int bound = 0;
            for (Query<?> query : queries) bound = Sql.bind(statement, bound, query.values);
            statement.execute();
            var results = new Results(statement);
            var answers = new Answers();
            for (Query<?> query : queries) answers.add(query, query.reading.read(results));
            return answers;
        }
    }

    /// The rows of statements that were sent in one message.
    public static final class Results {

        private final Statement statement;
        private boolean begun;

        private Results(Statement statement) {
            this.statement = statement;
        }

        /// The rows of the next statement; the ones before are closed.
        public ResultSet next() throws SQLException {
            if (begun) statement.getMoreResults();
            begun = true;
            var rows = statement.getResultSet();
            if (rows == null) throw new IllegalArgumentException("there is no further statement that reads");
            return rows;
        }
    }
}
