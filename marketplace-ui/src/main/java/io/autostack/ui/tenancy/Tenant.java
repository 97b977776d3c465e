package io.autostack.ui.tenancy;

import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tenant as its page shows it.
public record Tenant(
        String name,
        String slug,
        Badge plan,
        Badge status,
        Instant createdAt,
        @Nullable String address,
        String adminEmail,
        @Nullable Database database,
        boolean mayDeploy,
        boolean mayChangePlan,
        boolean maySuspend,
        boolean mayResume) {

    public boolean mayRotate() {
        return mayChangePlan && database != null;
    }

    /// Why there is no address, without promising one.
    public String noAddress() {
        return TenantRow.noAddress(status);
    }

    /// Where the tenant's data live; `secret` is the name of the secret that holds the credentials, never its value.
    public record Database(String engine, String host, int port, String name, String secret) {

        public List<Fact> facts() {
            return List.of(
                    Fact.text("Engine", engine),
                    Fact.code("Host", host + ":" + port),
                    Fact.code("Database", name),
                    Fact.code("Secret", secret));
        }
    }
}
