package io.autostack.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Server;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Whatever is sent wrongly is refused with a problem that names the field, and leaves nothing behind.
abstract class NothingHalfDone {

    private static @Nullable String active;

    protected String tenant = "";
    private List<Long> before = List.of();

    @BeforeEach
    void count() throws SQLException {
        if (active == null) active = Onboarding.activeTenant("professional", "alice@example.com");
        tenant = active;
        Onboarding.quiet();
        before = rows();
    }

    /// Every test here is about something that is refused.
    @AfterEach
    void nothing_is_half_done() throws SQLException {
        assertThat(rows())
                .as("tenants, apps, plans, deployments, operations, tokens, events")
                .isEqualTo(before);
    }

    protected static Response post(String path, String body) {
        return Callers.operator().contentType("application/json").body(body).post(path);
    }

    protected Response check(String question) {
        return post("/api/v1/tenants/" + tenant + "/limits/check", question);
    }

    private static List<Long> rows() throws SQLException {
        var counts = new ArrayList<Long>();
        try (var admin = Server.asSuperuser("autostack");
                var statement = admin.createStatement()) {
            for (var table : List.of(
                    "tenancy.tenant",
                    "tenancy.project",
                    "marketplace.deployment_plan",
                    "marketplace.deployment",
                    "provisioning.operation",
                    "provisioning.secret",
                    "identity.api_token",
                    "identity.membership",
                    "metering.usage_event",
                    "audit.event")) {
                try (var row = statement.executeQuery("select count(*) from " + table)) {
                    row.next();
                    counts.add(row.getLong(1));
                }
            }
        }
        return counts;
    }
}
