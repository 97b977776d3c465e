package io.autostack.provisioning.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// What a new database is copied from.
interface DatabaseSource {

    /// The name of a database on this server that nobody is connected to.
    String database(TenantServer server) throws SQLException;

    /// The owner role gets what is inside.
    ///
    /// @return what was learned about it
    Map<String, String> handOver(Connection inside, String role) throws SQLException;

    /// Whether what is inside counts: then a database that carries no tag is copied anew, because nobody
    /// knows where it came from.
    default boolean holdsData() {
        return false;
    }

    /// Nothing at all.
    static DatabaseSource empty() {
        return new DatabaseSource() {
            @Override
            public String database(TenantServer server) {
                return "template0";
            }

            @Override
            public Map<String, String> handOver(Connection inside, String role) throws SQLException {
                TenantTemplate.givePublic(inside, role);
                return Map.of();
            }
        };
    }
}
