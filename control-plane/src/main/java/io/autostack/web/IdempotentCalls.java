package io.autostack.web;

import io.autostack.sealing.PurposeKeys;
import io.autostack.shared.OwnTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Stored answers, shared by all replicas and sealed, because some hold what is shown only once. Plain SQL: two
/// statements around every keyed call.
@ApplicationScoped
class IdempotentCalls {

    private static final String PURPOSE = "idempotent-answers";

    private final OwnTransaction transaction;
    private final PurposeKeys keys;

    @Inject
    IdempotentCalls(OwnTransaction transaction, PurposeKeys keys) {
        this.transaction = transaction;
        this.keys = keys;
    }

    /// Who sends what under which key.
    record Call(String caller, String key, byte[] fingerprint) {}

    /// What was answered.
    record Answer(int status, String contentType, @Nullable String location, byte[] body) {}

    /// What a call with a key meets.
    sealed interface Begun {
        record First() implements Begun {}

        record OtherRequest() implements Begun {}

        record StillRunning() implements Begun {}

        record Answered(Answer answer) implements Begun {}
    }

    /// A call that never came to an answer, because its replica died, makes way after two minutes.
    Begun begin(Call call) {
        return alone(connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into web.idempotent_call as c (caller, key, fingerprint) values (?, ?, ?)
                    on conflict (caller, key) do update
                       set fingerprint = excluded.fingerprint, started_at = now(),
                           status = null, content_type = null, location = null, body = null, key_id = null
                     where c.started_at < now() - interval '24 hours'
                        or (c.status is null and c.started_at < now() - interval '2 minutes'
                            and c.fingerprint = excluded.fingerprint)
                    """)) {
                insert.setString(1, call.caller());
                insert.setString(2, call.key());
                insert.setBytes(3, call.fingerprint());
                if (insert.executeUpdate() == 1) return new Begun.First();
            }
            return earlier(connection, call);
        });
    }

    private Begun earlier(Connection connection, Call call) throws SQLException {
        try (var select = connection.prepareStatement("""
                select fingerprint, status, content_type, location, body
                  from web.idempotent_call where caller = ? and key = ?
                """)) {
            select.setString(1, call.caller());
            select.setString(2, call.key());
            try (var row = select.executeQuery()) {
                if (!row.next()) return new Begun.StillRunning();
                if (!Arrays.equals(row.getBytes("fingerprint"), call.fingerprint())) return new Begun.OtherRequest();
                int status = row.getInt("status");
                if (row.wasNull()) return new Begun.StillRunning();
                return new Begun.Answered(new Answer(
                        status,
                        row.getString("content_type"),
                        row.getString("location"),
                        keys.open(PURPOSE, row.getBytes("body"))));
            }
        }
    }

    void finish(Call call, Answer answer) {
        var sealed = keys.seal(PURPOSE, answer.body());
        alone(connection -> {
            try (var update = connection.prepareStatement("""
                    update web.idempotent_call set status = ?, content_type = ?, location = ?, body = ?, key_id = ?
                     where caller = ? and key = ?
                    """)) {
                update.setInt(1, answer.status());
                update.setString(2, answer.contentType());
                update.setString(3, answer.location());
                update.setBytes(4, sealed.bytes());
                update.setString(5, sealed.keyId());
                update.setString(6, call.caller());
                update.setString(7, call.key());
                return update.executeUpdate();
            }
        });
    }

    /// So that the same key may try again after a failure of ours.
    void forget(Call call) {
        alone(connection -> {
            try (var delete =
                    connection.prepareStatement("delete from web.idempotent_call where caller = ? and key = ?")) {
                delete.setString(1, call.caller());
                delete.setString(2, call.key());
                return delete.executeUpdate();
            }
        });
    }

    /// Answers that are too old to be given again.
    void forgetOld() {
        alone(connection -> {
            try (var delete = connection.createStatement()) {
                return delete.executeUpdate(
                        "delete from web.idempotent_call where started_at < now() - interval '24 hours'");
            }
        });
    }

    private <T> T alone(OwnTransaction.Work<T> work) {
        return transaction.call("stored answers", work);
    }
}
