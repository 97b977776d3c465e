package io.autostack.identity;

import io.autostack.jdbc.Query;
import io.autostack.jdbc.Sql;
import io.autostack.sealing.PurposeKeys;
import io.autostack.shared.OwnTransaction;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who is signed in, in the database, so that every replica says the same and a session can be ended. Whoever
/// reads the database finds neither a cookie nor a token there. Plain SQL: one statement per request of a
/// person.
@ApplicationScoped
class Sessions {

    private static final String HANDLE = "session";
    private static final String TOKENS = "session-tokens";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int MAX_PER_PERSON = 20;
    private static final int ROWS_AT_ONCE = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OwnTransaction transaction;
    private final Scopes scopes;
    private final PurposeKeys keys;
    private final InstantSource clock;

    @Inject
    Sessions(OwnTransaction transaction, Scopes scopes, PurposeKeys keys, InstantSource clock) {
        this.transaction = transaction;
        this.scopes = scopes;
        this.keys = keys;
        this.clock = clock;
    }

    /// Whose session it is, as the ID token says.
    ///
    /// @param providerSession the identity provider's name for it
    /// @param email verified, lower case
    record Owner(
            String subject,
            @Nullable String providerSession,
            @Nullable String email) {}

    /// Whether a cookie's value can be one of ours at all.
    static boolean isHandle(String value) {
        return WELL_FORMED.matcher(value).matches();
    }

    /// @return the handle, which only the browser keeps. A person's oldest sessions make way for the newest.
    String begin(Owner owner, String tokens, Instant expiresAt) {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        var handle = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var sealed = keys.seal(TOKENS, tokens.getBytes(StandardCharsets.UTF_8));
        alone(connection -> {
            Sql.update(
                    connection,
                    """
                    insert into identity.session
                           (lookup, subject, provider_session, email, tokens, key_id, created_at, expires_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    lookup(handle),
                    owner.subject(),
                    owner.providerSession(),
                    owner.email(),
                    sealed.bytes(),
                    sealed.keyId(),
                    clock.instant(),
                    expiresAt);
            return Sql.update(connection, """
                    delete from identity.session where lookup in (
                           select lookup from identity.session where subject = ?
                            order by created_at desc, lookup offset ?)
                    """, owner.subject(), MAX_PER_PERSON);
        });
        return handle;
    }

    /// New tokens for a session that goes on under the same handle.
    ///
    /// @return false when it was ended meanwhile: it must not come back to life
    boolean goOn(String handle, String tokens, Instant expiresAt) {
        var sealed = keys.seal(TOKENS, tokens.getBytes(StandardCharsets.UTF_8));
        return alone(connection -> Sql.update(
                        connection, """
                        update identity.session set tokens = ?, key_id = ?, expires_at = ?
                         where lookup = ? and expires_at > ?
                        """, sealed.bytes(), sealed.keyId(), expiresAt, lookup(handle), clock.instant()))
                == 1;
    }

    /// The tokens of a session that is alive.
    Optional<String> tokens(String handle) {
        if (!isHandle(handle)) return Optional.empty();
        return scopes.ask(
                Scope.NONE,
                Query.find(
                        "select tokens from identity.session where lookup = ? and expires_at > ?",
                        row -> new String(keys.open(TOKENS, row.getBytes("tokens")), StandardCharsets.UTF_8),
                        lookup(handle),
                        clock.instant()));
    }

    boolean isAlive(String handle) {
        return tokens(handle).isPresent();
    }

    void end(String handle) {
        alone(connection -> Sql.update(connection, "delete from identity.session where lookup = ?", lookup(handle)));
    }

    /// What the identity provider says is over: one session, or all of a person's.
    void endAtProvider(@Nullable String subject, @Nullable String providerSession) {
        alone(connection -> Sql.update(
                connection, """
                delete from identity.session
                 where (?::text is null or provider_session = ?) and (?::text is null or subject = ?)
                   and not (?::text is null and ?::text is null)
                """, providerSession, providerSession, subject, subject, providerSession, subject));
    }

    /// At the most a thousand rows in one transaction, so that nobody waits behind it.
    void removeExpired() {
        int removed;
        do removed = removeSome();
        while (removed == ROWS_AT_ONCE);
    }

    private int removeSome() {
        return alone(connection -> Sql.update(connection, """
                delete from identity.session where lookup in (
                       select lookup from identity.session where expires_at <= ? order by expires_at limit ?
                          for update skip locked)
                """, clock.instant(), ROWS_AT_ONCE));
    }

    private byte[] lookup(String handle) {
        return keys.hmac(HANDLE, handle);
    }

    private <T> T alone(OwnTransaction.Work<T> work) {
        return transaction.call("sessions", work);
    }
}
