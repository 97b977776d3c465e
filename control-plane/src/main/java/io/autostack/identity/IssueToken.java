package io.autostack.identity;

import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.Scopes;
import io.autostack.shared.VisibleText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes an API token for a script.
@ApplicationScoped
public class IssueToken {

    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,3})d");
    private static final int MAX_NAME_LENGTH = 80;

    private final ApiTokens tokens;
    private final EntityManager entities;
    private final Scopes scopes;
    private final InstantSource clock;

    @Inject
    IssueToken(ApiTokens tokens, EntityManager entities, Scopes scopes, InstantSource clock) {
        this.tokens = tokens;
        this.entities = entities;
        this.scopes = scopes;
        this.clock = clock;
    }

    /// What can come of it.
    public sealed interface Result {
        record Issued(ApiTokens.Created created) implements Result {}

        record Refused(List<FieldError> errors) implements Result {}
    }

    /// @param tenant slug; the token then sees that tenant only
    /// @param expires whole days, as in `90d`; null for a token that does not expire
    public Result issue(
            Caller by,
            @Nullable String name,
            @Nullable String role,
            @Nullable String tenant,
            @Nullable String expires) {
        var errors = new ArrayList<FieldError>();
        if (name == null || name.isBlank()) errors.add(new FieldError("name", "is needed"));
        else if (name.length() > MAX_NAME_LENGTH)
            errors.add(new FieldError("name", "may have " + MAX_NAME_LENGTH + " characters at the most"));
        else VisibleText.problem(name.strip()).ifPresent(problem -> errors.add(new FieldError("name", problem)));
        var wantedRole = Role.of(role == null ? "" : role);
        if (wantedRole.isEmpty())
            errors.add(new FieldError("role", "must be operator, finance, author, sales or application"));
        Instant expiresAt = null;
        if (expires != null && !expires.isBlank()) {
            var days = DAYS.matcher(expires.strip());
            if (days.matches()) expiresAt = clock.instant().plus(Duration.ofDays(Long.parseLong(days.group(1))));
            else errors.add(new FieldError("expires", "must be a number of days, as in 90d, up to 9999d"));
        }
        return issue(by, name, wantedRole, tenant, expiresAt, errors);
    }

    private Result issue(
            Caller by,
            @Nullable String name,
            Optional<Role> role,
            @Nullable String tenant,
            @Nullable Instant expiresAt,
            List<FieldError> errors) {
        return scopes.inPlatform(() -> {
            UUID tenantId = null;
            if (tenant != null && !tenant.isBlank()) {
                tenantId = tenantId(tenant);
                if (tenantId == null) errors.add(new FieldError("tenant", "there is no tenant “" + tenant + "”"));
            }
            if (!errors.isEmpty() || name == null || role.isEmpty()) return new Result.Refused(errors);
            return new Result.Issued(tokens.create(by.actor(), name.strip(), role.get(), tenantId, expiresAt));
        });
    }

    private @Nullable UUID tenantId(String slug) {
        var found = entities.createNativeQuery("select id from tenancy.tenant where slug = :slug", UUID.class)
                .setParameter("slug", slug)
                .getResultList();
        return found.isEmpty() ? null : (UUID) found.getFirst();
    }
}
