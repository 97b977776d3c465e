package io.autostack.identity;

import io.autostack.audit.Actor;
import io.autostack.audit.Audit;
import io.autostack.jdbc.Query;
import io.autostack.sealing.PurposeKeys;
import io.autostack.shared.Scope;
import io.autostack.shared.Scopes;
import io.autostack.shared.UuidV7;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// API tokens for scripts. A token is shown once; what is stored finds it again and cannot be turned back into
/// it.
@ApplicationScoped
public class ApiTokens implements PanacheRepositoryBase<ApiToken, UUID> {

    /// How every token begins, so that secret scanners recognise one.
    public static final String PREFIX = "ask_";

    static final String CALLER = "autostack.caller";

    private static final String PRESENTED = """
            select id, name, role, tenant_id, last_used_at from identity.api_token
             where lookup = ? and revoked_at is null and (expires_at is null or expires_at > ?)
            """;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration USED_GRAIN = Duration.ofMinutes(1);

    private final PurposeKeys keys;
    private final Audit audit;
    private final Scopes scopes;
    private final InstantSource clock;

    @Inject
    ApiTokens(PurposeKeys keys, Audit audit, Scopes scopes, InstantSource clock) {
        this.keys = keys;
        this.audit = audit;
        this.scopes = scopes;
        this.clock = clock;
    }

    /// A token as a list shows it.
    ///
    /// @param hint its first letters
    public record Row(
            UUID id,
            String name,
            String role,
            @Nullable UUID tenant,
            String hint,
            String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {}

    /// A token that was just made; `secret` is never shown again.
    public record Created(Row row, String secret) {}

    static String generate() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Transactional
    public Created create(Actor by, String name, Role role, @Nullable UUID tenant, @Nullable Instant expiresAt) {
        var secret = generate();
        var row = store(by, name, role, tenant, expiresAt, secret);
        return new Created(row, secret);
    }

    /// Makes sure that a token is known that was handed out before the first start; one that was revoked stays so.
    /// Another secret under the same name replaces the earlier one.
    void ensure(String name, Role role, String secret) {
        if (isKnown(secret)) return;
        try {
            scopes.inPlatform(() -> {
                update(
                        "revokedAt = ?1 where name = ?2 and createdBy = ?3 and revokedAt is null",
                        clock.instant(),
                        name,
                        "autostack");
                return store(Actor.SYSTEM, name, role, null, null, secret);
            });
        } catch (RuntimeException e) {
            // Another replica that starts at the same time may have been faster.
            if (!isKnown(secret)) throw e;
        }
    }

    private boolean isKnown(String secret) {
        return scopes.ask(
                        Scope.PLATFORM,
                        Query.find(
                                "select 1 from identity.api_token where lookup = ?",
                                row -> row.getInt(1),
                                lookup(secret)))
                .isPresent();
    }

    /// Newest first, revoked ones included.
    public List<Row> all() {
        return listAll(Sort.descending("id")).stream().map(ApiToken::row).toList();
    }

    /// @return false when there is no such token, or it is revoked already
    @Transactional
    public boolean revoke(Actor by, UUID id) {
        if (update("revokedAt = ?1 where id = ?2 and revokedAt is null", clock.instant(), id) == 0) return false;
        var token = findById(id);
        audit.record(by, token.tenantId, "token.revoked", "token", id.toString(), Map.of("name", token.name));
        return true;
    }

    /// Whose token this is; empty when unknown, revoked or expired.
    Optional<Caller> resolve(String secret) {
        var now = clock.instant();
        var token = scopes.ask(Scope.PLATFORM, Query.find(PRESENTED, Presented::of, lookup(secret), now));
        token.filter(found -> hasPassed(found.noted(), now)).ifPresent(found -> noteUse(found.id(), now));
        return token.map(found -> new Caller(
                Caller.Kind.TOKEN, found.id().toString(), found.name(), null, Set.of(found.role()), found.tenant()));
    }

    private void noteUse(UUID id, Instant now) {
        scopes.inPlatform(() -> update("lastUsedAt = ?1 where id = ?2", now, id));
    }

    /// A token that lets somebody in.
    ///
    /// @param noted until when its last use is noted exactly enough
    private record Presented(
            UUID id, String name, Role role, @Nullable UUID tenant, Instant noted) {

        static Presented of(ResultSet row) throws SQLException {
            var used = row.getTimestamp("last_used_at");
            return new Presented(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    Role.of(row.getString("role")).orElseThrow(),
                    row.getObject("tenant_id", UUID.class),
                    used == null ? Instant.MIN : used.toInstant().plus(USED_GRAIN));
        }
    }

    /// Whether a token that was presented before would still be let in.
    boolean isValid(UUID id) {
        return scopes.inPlatform(() -> {
            var token = findById(id);
            return token != null && token.revokedAt == null && !hasPassed(token.expiresAt, clock.instant());
        });
    }

    private Row store(
            Actor by, String name, Role role, @Nullable UUID tenant, @Nullable Instant expiresAt, String secret) {
        var token = new ApiToken();
        token.id = UuidV7.next();
        token.name = name;
        token.role = role.word();
        token.tenantId = tenant;
        token.lookup = lookup(secret);
        token.hint = secret.substring(0, Math.min(secret.length(), 8));
        token.createdBy = by.name();
        token.createdAt = clock.instant();
        token.expiresAt = expiresAt;
        persist(token);
        var details = new java.util.HashMap<String, Object>(Map.of("name", name, "role", role.word()));
        if (expiresAt != null) details.put("expiresAt", expiresAt.toString());
        audit.record(by, tenant, "token.created", "token", token.id.toString(), details);
        return token.row();
    }

    private byte[] lookup(String secret) {
        return keys.hmac("api-token", secret);
    }

    private static boolean hasPassed(@Nullable Instant moment, Instant now) {
        return moment != null && !moment.isAfter(now);
    }
}
