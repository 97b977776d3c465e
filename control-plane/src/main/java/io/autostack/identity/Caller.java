package io.autostack.identity;

import io.autostack.audit.Actor;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who makes this request, as the verified token says; headers with names in them are never believed.
///
/// @param id tells callers apart, also those of the same name: a person's subject, or a token's id
/// @param name sign-in name of a person, or the name of an API token
/// @param email verified e-mail of a person, lower case; null for tokens
/// @param boundTo set when an API token may see one tenant only
public record Caller(
        Kind kind,
        String id,
        String name,
        @Nullable String email,
        Set<Role> roles,
        @Nullable UUID boundTo) {

    /// How the caller proved who it is.
    public enum Kind {
        USER,
        TOKEN,
        NOBODY
    }

    private static final Caller NOBODY = new Caller(Kind.NOBODY, "", "nobody", null, Set.of(), null);

    public static Caller nobody() {
        return NOBODY;
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    public boolean isAny(Role... any) {
        return Arrays.stream(any).anyMatch(roles::contains);
    }

    public boolean signedIn() {
        return kind != Kind.NOBODY;
    }

    public Optional<UUID> tenantBound() {
        return Optional.ofNullable(boundTo);
    }

    /// How history names this caller.
    public Actor actor() {
        return new Actor(name, kind == Kind.TOKEN ? "token" : "user");
    }

    /// Edge check: ends the request when nobody is signed in, or the caller has none of the roles.
    public Caller mustBe(Role... any) {
        mustBeSignedIn();
        if (!isAny(any))
            throw Problem.of(ProblemType.NOT_ALLOWED, "This is for " + words(any) + " only.")
                    .exception();
        return this;
    }

    public Caller mustBeSignedIn() {
        if (!signedIn())
            throw Problem.of(ProblemType.NOT_SIGNED_IN, "Send a bearer token, or sign in on the portal.")
                    .exception();
        return this;
    }

    private static String words(Role... roles) {
        return String.join(" or ", Arrays.stream(roles).map(Role::word).toList());
    }
}
