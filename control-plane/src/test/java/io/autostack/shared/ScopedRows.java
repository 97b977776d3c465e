package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.autostack.jdbc.Query;
import io.autostack.testing.Server;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Two tenants with a row each, and a look into the pool after each test: nobody's scope is left there.
abstract class ScopedRows {

    static final int MANY = 16;

    static final String SEEN = "select tenant_id from identity.membership where email = ?";

    final UUID one = UUID.randomUUID();
    final UUID other = UUID.randomUUID();
    final String email = one + "@example.com";

    @Inject
    Scopes scopes;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void rows() throws SQLException {
        for (var tenant : List.of(one, other)) Server.execute("autostack", """
                    insert into identity.membership (id, tenant_id, email, role)
                    values (gen_random_uuid(), '%s', '%s', 'viewer')
                    """.formatted(tenant, email));
    }

    @AfterEach
    void nobody_left_anything_behind() throws SQLException {
        assertThat(QuarkusTransaction.isActive()).isFalse();
        scopes.enter(Scope.NONE);
        assertThat(leftInThePool()).containsOnly("");
        Server.execute("autostack", "delete from identity.membership where email = '" + email + "'");
    }

    List<UUID> seen() {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(SEEN)) {
            select.setString(1, email);
            try (var rows = select.executeQuery()) {
                var seen = new ArrayList<UUID>();
                while (rows.next()) seen.add(rows.getObject(1, UUID.class));
                return seen;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<UUID> asked(Scope scope) {
        return scopes.ask(scope, Query.list(SEEN, row -> row.getObject(1, UUID.class), email));
    }

    private Set<String> leftInThePool() throws SQLException {
        var connections = new ArrayList<Connection>();
        try {
            var left = new HashSet<String>();
            for (int held = 0; held < MANY; held++) {
                var connection = database.getConnection();
                connections.add(connection);
                try (var select = connection.createStatement();
                        var row = select.executeQuery("select coalesce(current_setting('autostack.tenant', true), '')"
                                + " || coalesce(current_setting('autostack.scope', true), '')")) {
                    row.next();
                    left.add(row.getString(1));
                }
            }
            return left;
        } finally {
            for (var connection : connections) connection.close();
        }
    }
}
