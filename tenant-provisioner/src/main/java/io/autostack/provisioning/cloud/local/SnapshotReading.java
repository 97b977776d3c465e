package io.autostack.provisioning.cloud.local;

import static io.autostack.provisioning.cloud.local.TenantServer.quoted;
import static io.autostack.provisioning.cloud.local.TenantTemplate.execute;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import org.postgresql.PGConnection;

/// Opens a snapshot to its own role for as long as it is read, with a password that nobody else ever knows. Never read
/// as a more powerful role, because what a tenant made may run on the way.
@ApplicationScoped
class SnapshotReading {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// What is done while the snapshot's role can sign in.
    interface Work<T> {
        T with(String password) throws SQLException;
    }

    /// What is read, signed in as the snapshot's role.
    interface Reading<T> {
        T on(Connection inside) throws SQLException;
    }

    <T> T inside(TenantServer server, Connection admin, String snapshot, Reading<T> reading) throws SQLException {
        return of(admin, snapshot, password -> {
            try (var inside = server.connectPatiently(snapshot, snapshot, password)) {
                execute(inside, "set default_transaction_read_only = on");
                return reading.on(inside);
            }
        });
    }

    <T> T of(Connection admin, String snapshot, Work<T> work) throws SQLException {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        admin.unwrap(PGConnection.class).alterUserPassword(snapshot, password.toCharArray(), "scram-sha-256");
        execute(admin, "alter role " + quoted(snapshot) + " login");
        execute(admin, "alter database " + quoted(snapshot) + " with allow_connections true");
        try {
            return work.with(password);
        } finally {
            execute(admin, "alter database " + quoted(snapshot) + " with allow_connections false");
            execute(admin, "alter role " + quoted(snapshot) + " nologin password null");
        }
    }
}
