package io.autostack.web;

import io.autostack.jdbc.Sql;
import io.autostack.sealing.PurposeKeys;
import io.autostack.shared.OwnTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
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
            int begun = Sql.update(connection, """
                    insert into web.idempotent_call as c (caller, key, fingerprint) values (?, ?, ?)
                    on conflict (caller, key) do update
                       set fingerprint = excluded.fingerprint, started_at = now(),
                           status = null, content_type = null, location = null, body = null, key_id = null
                     where c.started_at < now() - interval '24 hours'
                        or (c.status is null and c.started_at < now() - interval '2 minutes'
                            and c.fingerprint = excluded.fingerprint)
                    """, call.caller(), call.key(), call.fingerprint());
            if (begun == 1) return new Begun.First();
            return earlier(connection, call);
        });
    }

    private Begun earlier(Connection connection, Call call) throws SQLException {
        return Sql.of(connection, """
                select fingerprint, status, content_type, location, body
                  from web.idempotent_call where caller = ? and key = ?
                """, call.caller(), call.key())
                .find(row -> earlier(row, call))
                .orElseGet(Begun.StillRunning::new);
    }

    private Begun earlier(ResultSet row, Call call) throws SQLException {
        if (!Arrays.equals(row.getBytes("fingerprint"), call.fingerprint())) return new Begun.OtherRequest();
        int status = row.getInt("status");
        if (row.wasNull()) return new Begun.StillRunning();
        return new Begun.Answered(new Answer(
                status,
                row.getString("content_type"),
                row.getString("location"),
                keys.open(PURPOSE, row.getBytes("body"))));
    }

    void finish(Call call, Answer answer) {
        var sealed = keys.seal(PURPOSE, answer.body());
        alone(connection -> Sql.update(
                connection,
                """
                update web.idempotent_call set status = ?, content_type = ?, location = ?, body = ?, key_id = ?
                 where caller = ? and key = ?
                """,
                answer.status(),
                answer.contentType(),
                answer.location(),
                sealed.bytes(),
                sealed.keyId(),
                call.caller(),
                call.key()));
    }

    /// So that the same key may try again after a failure of ours.
    void forget(Call call) {
        alone(connection -> Sql.update(
                connection, "delete from web.idempotent_call where caller = ? and key = ?", call.caller(), call.key()));
    }

    /// Answers that are too old to be given again.
    void forgetOld() {
        alone(connection -> Sql.update(
                connection, "delete from web.idempotent_call where started_at < now() - interval '24 hours'"));
    }

    private <T> T alone(OwnTransaction.Work<T> work) {
        return transaction.call("stored answers", work);
    }
}
