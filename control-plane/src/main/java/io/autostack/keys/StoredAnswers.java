package io.autostack.keys;

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
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select count(*) from web.idempotent_call where body is not null and key_id is distinct from ?")) {
            select.setString(1, key);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("stored answers cannot be counted", e);
        }
    }
}
