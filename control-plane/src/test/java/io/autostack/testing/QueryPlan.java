package io.autostack.testing;

import io.autostack.shared.ListSql.Statement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/// How the database goes about a statement, as it says itself.
public final class QueryPlan {

    private QueryPlan() {}

    public static String of(DataSource database, Statement statement) {
        var sql = statement.sql().replaceAll("\\?[0-9]+", "?");
        try (var connection = database.getConnection();
                var explain = connection.prepareStatement("explain (analyze, buffers off) " + sql)) {
            for (int i = 0; i < statement.values().size(); i++)
                explain.setObject(
                        i + 1,
                        statement.values().get(i) instanceof Instant at
                                ? at.atOffset(ZoneOffset.UTC)
                                : statement.values().get(i));
            var lines = new StringBuilder();
            try (var rows = explain.executeQuery()) {
                while (rows.next()) lines.append(rows.getString(1)).append('\n');
            }
            return lines.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
