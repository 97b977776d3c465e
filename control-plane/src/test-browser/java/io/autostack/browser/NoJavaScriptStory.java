package io.autostack.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every page can be read, and a tenant can be onboarded, in a browser that runs no script.
@ExtendWith(WithProduct.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoJavaScriptStory {

    private static final String NAME = "Cedar Dairy";
    private static final String SLUG = "cedar";

    private final Product product;
    private final Visitor visitor;
    private String operation = "";

    NoJavaScriptStory(Product product, Chromium chromium) {
        this.product = product;
        this.visitor = chromium.visitorWithoutJavaScript(product);
    }

    @BeforeAll
    void an_operator_onboards_a_tenant_without_any_script() {
        visitor.signsIn("operator");
        visitor.sees("Home");
        visitor.opens("/tenants/new");
        visitor.fillsIn("Name", NAME);
        visitor.fillsIn("Slug", "-");
        visitor.presses("Onboard the tenant");
        visitor.sees("Onboard a tenant");
        assertThat(visitor.field("Name")).hasValue(NAME);
        assertThat(visitor.field("Slug")).hasAttribute("aria-invalid", "true");
        visitor.fillsIn("Slug", SLUG);
        visitor.fillsIn("Administrator’s e-mail", "cedar@example.com");
        visitor.presses("Onboard the tenant");
        visitor.sees("Onboard " + SLUG);
        operation = visitor.page().url();
        Awaited.done(product, operation.substring(operation.lastIndexOf('/') + 1));
    }

    @AfterAll
    void close() {
        visitor.hasNothingToComplainAbout();
        visitor.close();
    }

    @Test
    void the_home_page_can_be_read() {
        reads("/", "Home", "Recent operations");
    }

    @Test
    void the_list_of_tenants_can_be_read() {
        reads("/tenants", "Tenants", SLUG);
    }

    @Test
    void the_list_of_tenants_can_be_searched_and_ordered() {
        visitor.opens("/tenants");
        visitor.page().locator("#field-q").fill("CEDAR dairy");
        visitor.page().locator("#field-sort").selectOption("-slug");
        visitor.presses("Search");
        visitor.sees("Tenants");
        assertThat(visitor.main()).containsText("1 tenant");
        assertThat(visitor.page().locator("th[aria-sort]")).hasText("Slug");
        visitor.follows("Slug");
        assertThat(visitor.page().locator("th[aria-sort]")).hasAttribute("aria-sort", "ascending");
        assertThat(visitor.page().locator("tbody th")).hasText(NAME);
    }

    @Test
    void the_list_of_operations_can_be_narrowed() {
        visitor.opens("/operations");
        visitor.page().locator("#field-tenant").fill(SLUG);
        visitor.page().locator("#field-state").selectOption("done");
        visitor.presses("Search");
        visitor.sees("Operations");
        assertThat(visitor.main()).containsText("Onboard " + SLUG);
    }

    @Test
    void a_tenants_page_can_be_read() {
        reads("/tenants/" + SLUG, NAME, "tenants/" + SLUG + "/database");
    }

    @Test
    void an_operation_can_be_read_and_shows_where_it_stands() {
        reads(operation, "Onboard " + SLUG, "5 of 5 steps done");
    }

    @Test
    void the_marketplace_can_be_read() {
        reads("/marketplace?q=next", "Marketplace", "Next.js + PostgreSQL");
    }

    @Test
    void a_template_can_be_read() {
        reads("/marketplace/nextjs-postgresql", "Next.js + PostgreSQL", "Deploy for " + NAME);
    }

    @Test
    void the_form_of_a_deployment_can_be_read() {
        reads("/tenants/" + SLUG + "/deploy/nextjs-postgresql", "Deploy Next.js + PostgreSQL", "Most copies");
    }

    @Test
    void usage_can_be_read() {
        visitor.opens("/tenants/" + SLUG + "/usage");
        assertThat(visitor.row("Apps").locator("td").nth(2)).hasText("1");
    }

    @Test
    void billing_can_be_read() {
        reads("/billing", "Billing", NAME);
    }

    @Test
    void history_can_be_read() {
        reads("/audit?tenant=" + SLUG, "Audit", "operator");
    }

    @Test
    void the_plans_can_be_read() {
        reads("/plans", "Plans", "Enterprise");
    }

    @Test
    void the_list_of_tokens_can_be_read() {
        reads("/tokens", "API tokens", "reference-app");
    }

    private void reads(String address, String heading, String content) {
        visitor.opens(address);
        visitor.sees(heading);
        assertThat(visitor.main()).containsText(content);
    }
}
