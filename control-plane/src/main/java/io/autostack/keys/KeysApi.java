package io.autostack.keys;

import io.autostack.audit.Audit;
import io.autostack.identity.Caller;
import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.provisioning.cloud.Cloud;
import io.autostack.provisioning.cloud.SealingKey;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemType;
import io.autostack.shared.Scopes;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// For whoever rotates the installation's key: how much is left under an old one, and a way to hurry.
@Path("/api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
class KeysApi {

    private static final int AT_ONCE = 500;

    private final Callers callers;
    private final Cloud cloud;
    private final StoredAnswers answers;
    private final Audit audit;
    private final Scopes scopes;

    @Inject
    KeysApi(Callers callers, Cloud cloud, StoredAnswers answers, Audit audit, Scopes scopes) {
        this.callers = callers;
        this.cloud = cloud;
        this.answers = answers;
        this.audit = audit;
        this.scopes = scopes;
    }

    /// Nothing but ids and numbers.
    ///
    /// @param left what still needs an old key
    record Keys(List<SealingKey> keys, Left left) {}

    /// @param secrets versions of secrets, which are brought under the newest key by themselves
    /// @param answers stored answers to repeated calls, which are forgotten after a day
    record Left(long secrets, long answers) {}

    /// What one call did.
    record Rewrapped(int rewrapped, Keys now) {}

    @GET
    @Operation(summary = "The installation's keys by id, and how much needs each")
    public Keys keys() {
        operator();
        return now();
    }

    @POST
    @Path("rewrap")
    @Operation(summary = "Bring up to 500 secrets under the newest key now; repeat until it answers 0")
    public Rewrapped rewrap() {
        var caller = operator();
        int rewrapped = cloud.rewrapSecrets(AT_ONCE);
        if (rewrapped > 0)
            scopes.inPlatform(() -> {
                audit.record(caller.actor(), null, "keys.rewrapped", "key", current(), Map.of("secrets", rewrapped));
                return rewrapped;
            });
        return new Rewrapped(rewrapped, now());
    }

    private Keys now() {
        var keys = cloud.sealingKeys();
        long secrets = keys.stream()
                .filter(key -> !key.current())
                .mapToLong(SealingKey::secrets)
                .sum();
        return new Keys(keys, new Left(secrets, answers.notUnder(current())));
    }

    private String current() {
        return cloud.sealingKeys().stream()
                .filter(SealingKey::current)
                .map(SealingKey::id)
                .findFirst()
                .orElse("");
    }

    private Caller operator() {
        var caller = callers.current().mustBe(Role.OPERATOR);
        if (caller.tenantBound().isPresent())
            throw Problem.of(ProblemType.NOT_ALLOWED, "This token is for one tenant; keys are the platform's.")
                    .exception();
        return caller;
    }
}
