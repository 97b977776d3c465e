package io.autostack.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// An operator finds one tenant among hundreds by typing, with the keyboard alone, and shares what was found.
@ExtendWith(WithProduct.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindTenantStory {

    private static final int MANY = 240;

    private final Product product;
    private final Visitor visitor;

    FindTenantStory(Product product, Chromium chromium) {
        this.product = product;
        this.visitor = chromium.visitor(product);
    }

    @BeforeAll
    void hundreds_of_tenants() throws SQLException {
        execute("""
            insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email)
            select uuidv7(), 'many-' || n, 'Many ' || n, 'active', 'starter', 1, 'many@example.com'
              from generate_series(1, %d) n
            """.formatted(MANY));
        visitor.signsIn("operator");
    }

    @AfterAll
    void nothing_is_left_of_them() throws SQLException {
        var theirs = "where tenant_id in (select id from tenancy.tenant where slug like 'many-%')";
        // Locked first: the product reads their schemas all the while, and writes down what it found.
        execute(
                "select from tenancy.tenant where slug like 'many-%' for update",
                "delete from tenancy.tenant_schema " + theirs,
                "delete from tenancy.tenant_history " + theirs,
                "delete from tenancy.tenant where slug like 'many-%'");
        visitor.hasNothingToComplainAbout();
        visitor.close();
    }

    @Test
    void typing_narrows_the_list_and_leaves_the_typist_where_she_is() {
        visitor.opens("/tenants?sort=name");
        visitor.sees("Tenants");
        var search = visitor.page().locator("#field-q");

        search.focus();
        visitor.page().keyboard().type("many-17");

        assertThat(visitor.page().locator("tbody tr")).hasCount(11);
        assertThat(visitor.page().locator(".found")).containsText("11 tenants");
        assertThat(search).isFocused();
        assertThat(search).hasValue("many-17");
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/tenants\\?q=many-17&sort=name"));
        assertThat(visitor.page().locator("#announcements")).containsText("11 tenants");

        visitor.page().keyboard().type("3");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator("tbody tr")).hasCount(1);

        visitor.page().reload();
        assertThat(visitor.page().locator("tbody tr")).hasCount(1);
        assertThat(visitor.page().locator("tbody th")).hasText("Many 173");
    }

    @Test
    void a_choice_narrows_the_list_at_once_and_headings_turn_it_round() {
        visitor.opens("/tenants?q=many-1");
        visitor.page().locator("#field-sort").selectOption("-name");

        assertThat(visitor.page()).hasURL(Pattern.compile(".*/tenants\\?q=many-1&sort=-name"));
        assertThat(visitor.page().locator("th[aria-sort]")).hasAttribute("aria-sort", "descending");
        assertThat(visitor.page().locator("tbody th").first()).hasText("Many 199");

        visitor.page().locator("th[aria-sort] a").focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator("th[aria-sort]")).hasAttribute("aria-sort", "ascending");
        assertThat(visitor.page().locator("tbody th").first()).hasText("Many 1");
    }

    @Test
    void nothing_found_is_said_and_led_out_of() {
        visitor.opens("/tenants");
        visitor.page().locator("#field-q").pressSequentially("many nobody");

        assertThat(visitor.page().locator(".empty h2")).hasText("Nothing found");
        visitor.follows("Show all tenants");
        assertThat(visitor.page().locator("tbody tr")).hasCount(50);
    }

    @Test
    void a_template_is_deployed_for_one_of_them_by_typing() {
        visitor.opens("/marketplace/nextjs-postgresql");
        visitor.sees("Next.js + PostgreSQL");
        visitor.page().locator("#field-q").pressSequentially("many-239");

        assertThat(visitor.page().locator("#deploy-for a")).hasCount(1);
        assertThat(visitor.page().locator("#deploy-for a")).containsText("Many 239");
        assertThat(visitor.page().locator("#deploy-for a").getAttribute("href"))
                .isEqualTo("/tenants/many-239/deploy/nextjs-postgresql");
    }

    @Test
    void a_tenant_that_is_not_there_is_said_in_the_list_of_operations() {
        visitor.opens("/operations");
        visitor.sees("Operations");
        visitor.page().locator("#field-tenant").fill("many-none");
        visitor.page().keyboard().press("Enter");

        assertThat(visitor.page().locator("[data-error-summary]")).containsText("many-none");
        assertThat(visitor.page().locator("#field-tenant")).hasValue("many-none");
    }

    private void execute(String... together) throws SQLException {
        try (var database = product.database();
                var statement = database.createStatement()) {
            database.setAutoCommit(false);
            for (var sql : together) statement.execute(sql);
            database.commit();
        }
    }
}
