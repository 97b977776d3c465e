package io.autostack.identity;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Locale;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Says who makes the running request.
@ApplicationScoped
public class Callers {

    private final CurrentIdentityAssociation association;

    @Inject
    Callers(CurrentIdentityAssociation association) {
        this.association = association;
    }

    public Caller current() {
        return of(association.getIdentity());
    }

    private static Caller of(SecurityIdentity identity) {
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
