package io.autostack.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Deploying;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.autostack.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// Credentials of a tenant that is not served any more are handed out to nobody.
@QuarkusTest
class SecretsOfClosedTenantsTest {

    @Test
    void s05_an_application_reads_no_secret_of_a_tenant_that_is_closed_and_reads_them_again_when_it_is_back() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Deploying.deployed(Callers.alice(), Callers.alice(), slug, "Shop");
        var bound = Tokens.create("application", slug).secret();
        assertThat(reads(bound, slug)).containsExactly(200, 200, 200, 200);

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        assertThat(reads(bound, slug)).as("closed").containsExactly(404, 404, 404, 404);

        Ending.done(Ending.reopen(Callers.alice(), slug));
        assertThat(reads(bound, slug)).as("back").containsExactly(200, 200, 200, 200);

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.delete(Callers.operator(), slug, slug));
        assertThat(reads(bound, slug)).as("deleted").containsExactly(401, 401, 404, 404);
    }

    @Test
    void s05_a_suspended_tenants_application_keeps_its_secret_which_opens_nothing_meanwhile() {
        var slug = Onboarding.activeTenant("starter", "alice@example.com");
        Onboarding.finished(
                Callers.operator().post("/api/v1/tenants/" + slug + "/suspend").path("operation"), "done");

        assertThat(read(Tokens.create("application", slug).secret(), "tenants/" + slug + "/database"))
                .isEqualTo(200);
    }

    /// The tenant's own secret and its app's, by a token of the tenant and by one of the platform's application.
    private static int[] reads(String bound, String slug) {
        var own = "tenants/" + slug + "/database";
        var app = "tenants/" + slug + "/apps/shop/database-credentials";
        return new int[] {
            read(bound, own), read(bound, app), byTheApplication(own), byTheApplication(app),
        };
    }

    private static int read(String token, String secret) {
        return Callers.bearer(token).get("/api/v1/secrets/" + secret).statusCode();
    }

    private static int byTheApplication(String secret) {
        return Callers.application().get("/api/v1/secrets/" + secret).statusCode();
    }
}
