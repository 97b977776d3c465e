package io.autostack.keys;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/// How many stored answers to repeated calls need an old key.
@ApplicationScoped
class StoredAnswers {

    private final DataSource database;

    @Inject
    StoredAnswers(DataSource database) {
        this.database = database;
    }

    /// Answers of before their key was written down count as well.
    long notUnder(String key) {
        try (var connection = database.getConnection()) {
            return Sql.of(
                            connection,
                            "select count(*) from web.idempotent_call where body is not null and key_id is distinct from ?",
                            key)
                    .one(row -> row.getLong(1));
        } catch (SQLException e) {
            throw new IllegalStateException("stored answers cannot be counted", e);
        }
    }
}
