package io.autostack.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A session that ends while a page is open takes nothing off the page, and leads nowhere before it is asked to.
@ExtendWith(WithProduct.class)
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndedSessionStory {

    private static final int UNTIL_THE_STREAM_IS_LOOKED_AT_AGAIN = 60_000;

    private final Product product;
    private final Visitor visitor;

    EndedSessionStory(Product product, Chromium chromium) {
        this.product = product;
        this.visitor = chromium.visitor(product);
    }

    @AfterAll
    void close() {
        visitor.close();
    }

    @Test
    void t41_an_open_page_keeps_what_it_shows_and_offers_the_way_back_to_itself() throws SQLException {
        visitor.signsIn("operator");
        visitor.opens("/tenants/new");
        visitor.fillsIn("Name", "Willow Works");
        visitor.fillsIn("Slug", "willow");
        visitor.fillsIn("Administrator’s e-mail", "willow@example.com");
        try (var address = Hold.on(product, "provisioning.route")) {
            visitor.presses("Onboard the tenant");
            visitor.sees("Onboard willow");
            address.untilSomebodyWaits();
            assertThat(visitor.text("4 of 5 steps done")).isVisible();
            var here = visitor.page().url();
            int asked = visitor.requests().size();

            endAllSessions();

            assertThat(visitor.page().getByRole(AriaRole.ALERT))
                    .containsText(
                            "You are not signed in any more.",
                            new ContainsTextOptions().setTimeout(UNTIL_THE_STREAM_IS_LOOKED_AT_AGAIN));
            assertThat(visitor.text("4 of 5 steps done")).isVisible();
            assertThat(visitor.page().url()).isEqualTo(here);
            var since = visitor.requests().subList(asked, visitor.requests().size());
            assertThat(since).isNotEmpty().allMatch(request -> request.equals(here + "/events"));

            visitor.follows("Sign in again");
            visitor.sees("Onboard willow");
            assertThat(visitor.page().url()).isEqualTo(here);
            assertThat(visitor.page().getByRole(AriaRole.ALERT)).hasCount(0);
        }
        assertThat(visitor.text("5 of 5 steps done")).isVisible();
    }

    /// As a sign-out elsewhere, or another membership, does.
    private void endAllSessions() throws SQLException {
        try (var database = product.database();
                var delete = database.createStatement()) {
            delete.executeUpdate("delete from identity.session");
        }
    }
}
