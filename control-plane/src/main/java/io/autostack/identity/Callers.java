package io.autostack.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Says who makes the running request.
@ApplicationScoped
public class Callers {

    private final CurrentIdentityAssociation association;
    private final CurrentVertxRequest request;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final InstantSource clock;

    @Inject
    Callers(
            CurrentIdentityAssociation association,
            CurrentVertxRequest request,
            Sessions sessions,
            ApiTokens tokens,
            InstantSource clock) {
        this.association = association;
        this.request = request;
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// Somebody whose session has ended is nobody; a bearer token that is not valid ends the request.
    public Caller current() {
        try {
            return of(association.getIdentity());
        } catch (AuthenticationFailedException e) {
            var running = request.getCurrent();
            if (running == null || running.request().getHeader("Authorization") != null) throw e;
            return Caller.nobody();
        }
    }

    /// What lets the current caller in, to be asked again while an answer goes on and on. It may be asked on
    /// any thread.
    public BooleanSupplier standing() {
        var caller = current();
        if (caller.kind() == Caller.Kind.TOKEN) return () -> tokens.isValid(UUID.fromString(caller.id()));
        var running = request.getCurrent();
        String handle = running == null ? null : running.get(SessionCookie.HANDLE);
        if (handle != null) return () -> sessions.isAlive(handle);
        if (!(association.getIdentity().getPrincipal() instanceof JsonWebToken bearer)) return () -> false;
        var expires = Instant.ofEpochSecond(bearer.getExpirationTime());
        return () -> clock.instant().isBefore(expires);
    }

    /// Who that is.
    public static Caller of(SecurityIdentity identity) {
        if (identity.isAnonymous()) return Caller.nobody();
        Caller token = identity.getAttribute(ApiTokens.CALLER);
        if (token != null) return token;
        var roles = EnumSet.noneOf(Role.class);
        for (var word : identity.getRoles()) Role.of(word).ifPresent(roles::add);
        roles.remove(Role.APPLICATION);
        var jwt = identity.getPrincipal() instanceof JsonWebToken claims ? claims : null;
        var principal = identity.getPrincipal().getName();
        return new Caller(
                Caller.Kind.USER,
                jwt == null || jwt.getSubject() == null ? principal : jwt.getSubject(),
                name(jwt, principal),
                email(jwt),
                roles,
                null);
    }

    private static String name(@Nullable JsonWebToken jwt, String principal) {
        var name = jwt == null ? null : jwt.<String>getClaim("preferred_username");
        return name == null ? principal : name;
    }

    private static @Nullable String email(@Nullable JsonWebToken jwt) {
        if (jwt == null || !Boolean.TRUE.equals(jwt.<Object>getClaim("email_verified"))) return null;
        var email = jwt.<String>getClaim("email");
        return email == null ? null : email.toLowerCase(Locale.ROOT);
    }
}
