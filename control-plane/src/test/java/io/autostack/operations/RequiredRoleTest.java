package io.autostack.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.provisioning.Facts;
import io.autostack.provisioning.Operation;
import io.autostack.provisioning.Operations;
import io.autostack.provisioning.RequiredRole;
import io.autostack.provisioning.StoredRequest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What kinds of operations say about who may let a failed one go on.
@QuarkusTest
class RequiredRoleTest {

    private final Operations operations;

    @Inject
    RequiredRoleTest(Operations operations) {
        this.operations = operations;
    }

    @ParameterizedTest
    @CsvSource({
        "open-tenant, ADMINISTRATOR",
        "change-plan, ADMINISTRATOR",
        "deploy-stack, ADMINISTRATOR",
        "add-domain, ADMINISTRATOR",
        "remove-domain, ADMINISTRATOR",
        "rotate-credentials, ADMINISTRATOR",
        "back-up-tenant, ADMINISTRATOR",
        "remove-backup, ADMINISTRATOR",
        "restore-tenant, ADMINISTRATOR",
        "close-tenant, OWNER",
        "reopen-tenant, OWNER",
        "suspend-tenant, OPERATOR",
        "resume-tenant, OPERATOR",
        "delete-tenant, OPERATOR",
        "repair-tenant, OPERATOR",
        "release, OPERATOR",
        "a kind that nobody has named yet, OPERATOR"
    })
    void m18_who_may_ask_for_a_kind_may_let_one_of_it_go_on(String kind, RequiredRole asker) {
        assertThat(operations.requiredRole(operation(kind))).isEqualTo(asker);
    }

    private static Operation operation(String kind) {
        var now = Instant.parse("2026-11-20T09:00:00Z");
        return new Operation(
                UUID.randomUUID(),
                UUID.randomUUID(),
                kind,
                kind,
                Operation.State.FAILED,
                new StoredRequest.Unreadable("nobody asks"),
                Facts.of(Map.of()),
                null,
                false,
                1,
                now,
                now,
                now,
                0,
                0,
                List.of());
    }
}
