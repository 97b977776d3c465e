package io.autostack.metering;

import io.autostack.jdbc.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/// Finds the tenants that the events of a batch name, in one question; the batch may name a thousand.
@ApplicationScoped
class Subjects {

    private static final String FIND = """
            select id, slug, status = 'closed' as closed
              from tenancy.tenant
             where slug = any (?) or id = any (?)
            """;

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final DataSource database;

    @Inject
    Subjects(DataSource database) {
        this.database = database;
    }

    /// A tenant that is there.
    record Found(UUID id, boolean closed) {}

    /// @param words slugs or ids
    /// @return by the word that was used
    Map<String, Found> find(Set<String> words) {
        var slugs = words.stream().filter(PlainText::is).toArray();
        var ids = words.stream().flatMap(word -> id(word).stream()).distinct().toArray();
        try (var connection = database.getConnection()) {
            var byName = new HashMap<Object, Found>();
            Sql.of(connection, FIND, connection.createArrayOf("text", slugs), connection.createArrayOf("uuid", ids))
                    .each(row -> {
                        var tenant = new Found(row.getObject("id", UUID.class), row.getBoolean("closed"));
                        byName.put(row.getString("slug"), tenant);
                        byName.put(tenant.id(), tenant);
                    });
            return byWord(words, byName);
        } catch (SQLException e) {
            throw new IllegalStateException("tenancy.tenant cannot be read", e);
        }
    }

    private static Map<String, Found> byWord(Set<String> words, Map<Object, Found> byName) {
        var found = new HashMap<String, Found>();
        for (var word : words) {
            var tenant = id(word).map(byName::get).orElseGet(() -> byName.get(word));
            if (tenant != null) found.put(word, tenant);
        }
        return found;
    }

    private static Optional<UUID> id(String word) {
        return ID.matcher(word).matches() ? Optional.of(UUID.fromString(word)) : Optional.empty();
    }
}
