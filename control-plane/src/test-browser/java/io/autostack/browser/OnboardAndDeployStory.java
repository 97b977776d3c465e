package io.autostack.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/// From an empty platform to a billed tenant with an app, by clicking: one story in chapters, told in their order.
@ExtendWith({WithProduct.class, Chapters.class})
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OnboardAndDeployStory {

    private static final String NAME = "Acme Robotics";
    private static final String SLUG = "acme";

    private final Product product;
    private final Visitor visitor;

    OnboardAndDeployStory(Product product, Chromium chromium) {
        this.product = product;
        this.visitor = chromium.visitor(product);
    }

    @BeforeAll
    void the_platform_is_empty() {
        assertThat(product.api().get("/tenants").jsonPath().getList("tenants"))
                .as("this story begins on a fresh platform")
                .isEmpty();
    }

    @AfterAll
    void close() {
        visitor.close();
    }

    @Test
    @Order(1)
    void an_operator_signs_in_at_the_identity_provider_with_a_code_and_its_proof() {
        visitor.opens("/");
        visitor.sees("Every tenant its own database. One place to run them all.");
        visitor.follows("Sign in");
        assertThat(visitor.page().locator("#kc-login")).isVisible();

        assertThat(visitor.requests())
                .filteredOn(address -> address.startsWith(product.issuer()))
                .first()
                .asString()
                .contains("/protocol/openid-connect/auth", "response_type=code")
                .containsPattern("[?&]code_challenge=[A-Za-z0-9_-]{43}(&|$)")
                .contains("code_challenge_method=S256");
        visitor.identifies("operator");
        visitor.sees("Home");
    }

    @Test
    @Order(2)
    void an_empty_platform_offers_exactly_one_thing_to_do() {
        assertThat(actions()).hasText("Onboard a tenant");
        visitor.follows("Tenants");
        visitor.sees("Tenants");
        assertThat(visitor.text("No tenants yet")).isVisible();
        assertThat(actions()).hasText("Onboard a tenant");
    }

    @Test
    @Order(3)
    void a_wrong_form_says_what_is_wrong_where_it_is_wrong_and_forgets_nothing() {
        visitor.follows("Onboard a tenant");
        visitor.sees("Onboard a tenant");
        visitor.fillsIn("Name", NAME);
        visitor.fillsIn("Slug", "Acme!");
        visitor.fillsIn("Administrator’s e-mail", "alice");
        visitor.presses("Onboard the tenant");
        visitor.sees("Onboard a tenant");

        assertThat(visitor.page().locator("[data-error-summary]")).isFocused();
        assertThat(visitor.page().locator("[data-error-summary]")).containsText("2 things need your attention");
        assertThat(visitor.field("Slug")).hasAccessibleDescription(Pattern.compile("small letters.*begins with a letter"));
        assertThat(visitor.field("Slug")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.field("Administrator’s e-mail"))
                .hasAccessibleDescription(Pattern.compile("is not an e-mail address"));
        assertThat(visitor.field("Name")).hasValue(NAME);
        assertThat(visitor.field("Slug")).hasValue("Acme!");
        assertThat(visitor.field("Administrator’s e-mail")).hasValue("alice");
    }

    @Test
    @Order(4)
    void the_page_shows_the_steps_while_they_happen() throws SQLException {
        visitor.fillsIn("Slug", SLUG);
        visitor.fillsIn("Administrator’s e-mail", "alice@example.com");
        // The last step has to wait until the page was seen in the middle of the work.
        try (var address = Hold.on(product, "provisioning.route")) {
            visitor.presses("Onboard the tenant");
            visitor.sees("Onboard " + SLUG);
            address.untilSomebodyWaits();
            assertThat(visitor.text("4 of 5 steps done")).isVisible();
            assertThat(step("Give the tenant its address")).containsText("running");
            assertThat(step("Create the tenant's own role and database")).containsText("tenant_");
            assertThat(step("Create the tenant's own role and database")).containsText(Pattern.compile("took [0-9]"));
            visitor.page().evaluate("() => { window.neverReloaded = true; }");
        }
        assertThat(visitor.text("5 of 5 steps done")).isVisible();
        assertThat(step("Give the tenant its address")).containsText(SLUG + ".localhost");
        assertThat(visitor.page().evaluate("() => window.neverReloaded")).isEqualTo(true);
        assertThat(visitor.requests()).anyMatch(address -> address.matches(".*/operations/[0-9a-f-]+/events"));
        visitor.sees("Onboard " + SLUG);
    }

    @Test
    @Order(5)
    void the_tenant_is_active_and_its_page_says_where_everything_is() {
        visitor.follows("Open the tenant");
        visitor.sees(NAME);

        assertThat(visitor.main()).containsText("active");
        assertThat(visitor.main()).containsText("Starter");
        assertThat(visitor.main()).containsText("tenant_");
        assertThat(visitor.main()).containsText("tenants/" + SLUG + "/database");
        assertThat(visitor.main()).containsText("alice@example.com");
        assertThat(visitor.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(product.tenant(SLUG))))
                .isVisible();
    }

    @Test
    @Order(6)
    void a_guest_writes_into_the_tenants_own_guest_book() {
        visitor.opens(product.tenant(SLUG));
        visitor.sees("Guest book");
        visitor.fillsIn("Your name", "Grace");
        visitor.fillsIn("Your message", "The doors open <by themselves>!");
        visitor.presses("Write it down");

        assertThat(visitor.text("The doors open <by themselves>!")).isVisible();
        visitor.sees("Guest book");
    }

    @Test
    @Order(7)
    void the_usage_page_counts_what_the_guest_did() {
        visitor.opens("/tenants/" + SLUG + "/usage");
        visitor.sees("Usage in " + YearMonth.now(ZoneOffset.UTC).format(java.time.format.DateTimeFormatter.ofPattern("MMMM yyyy", java.util.Locale.ENGLISH)));
        Awaitility.await("requests are counted")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    visitor.page().reload();
                    return !visitor.row("API requests").locator("td").nth(1).innerText().equals("0");
                });

        assertThat(visitor.row("Apps").locator("td").nth(1)).hasText("0");
        assertThat(visitor.row("Apps").locator("td").nth(2)).hasText("1");
    }

    @Test
    @Order(8)
    void a_wrong_answer_to_a_template_is_refused_at_its_field() {
        visitor.follows("Marketplace");
        visitor.sees("Marketplace");
        visitor.follows("Next.js + PostgreSQL");
        visitor.sees("Next.js + PostgreSQL");
        visitor.follows("Deploy for " + NAME);
        visitor.sees("Deploy Next.js + PostgreSQL");
        visitor.fillsIn("Title", "Robot shop");
        visitor.fillsIn("Most copies", "99");
        visitor.presses("See the plan");
        visitor.sees("Deploy Next.js + PostgreSQL");

        assertThat(visitor.page().locator("[data-error-summary]")).isFocused();
        assertThat(visitor.page().locator("[data-error-summary]")).containsText("2 things need your attention");
        assertThat(visitor.field("Name of the app")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.field("Most copies")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.field("Title")).hasValue("Robot shop");
        assertThat(visitor.field("Most copies")).hasValue("99");
    }

    @Test
    @Order(9)
    void the_plan_shows_parts_price_arithmetic_and_limits_before_anything_is_built() {
        visitor.fillsIn("Name of the app", "Shop");
        visitor.fillsIn("Most copies", "2");
        visitor.presses("See the plan");
        visitor.sees("Plan for Shop");

        assertThat(visitor.main()).containsText("Nothing is built before you approve.");
        assertThat(visitor.page().locator(".price-amount")).hasText(Pattern.compile("[0-9]+\\.[0-9]{2}.*[0-9]+\\.[0-9]{2}"));
        assertThat(visitor.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Price")))
                .containsText(Pattern.compile("730 h"));
        assertThat(visitor.page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Limits")))
                .containsText(Pattern.compile("Apps\\s*0\\s*1\\s*1"));
        assertThat(deployments()).isEmpty();
    }

    @Test
    @Order(10)
    void the_approved_plan_is_built_and_whatever_is_not_real_says_so() throws SQLException {
        try (var secrets = Hold.on(product, "provisioning.secret")) {
            visitor.presses("Approve and deploy");
            visitor.sees("Shop");
            secrets.untilSomebodyWaits();
            assertThat(visitor.page().locator(".step-running")).hasCount(1);
        }
        assertThat(visitor.page().locator(".title-line .badge").first())
                .hasText("running", new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions().setTimeout(60_000));
        visitor.sees("Shop");
        assertThat(visitor.page().locator(".platform-facts")).containsText("containers are simulated");
        assertThat(visitor.page().locator(".title-line .simulated")).isVisible();
        assertThat(visitor.row("Container")).containsText("simulated");
        assertThat(visitor.row("Database")).containsText("real");
        assertThat(deployments()).containsExactly(true);
    }

    @Test
    @Order(11)
    void a_second_app_does_not_fit_into_the_plan_and_the_page_says_what_to_do() {
        visitor.opens("/tenants/" + SLUG + "/deploy/nextjs-postgresql");
        visitor.sees("Deploy Next.js + PostgreSQL");
        visitor.fillsIn("Name of the app", "Second shop");
        visitor.presses("See the plan");
        visitor.sees("Plan for Second shop");

        var refusal = visitor.page().locator(".refusal");
        assertThat(refusal).containsText("The limit of this plan is reached");
        assertThat(refusal).containsText(Pattern.compile("Limit\\s*Apps: 1"));
        assertThat(refusal).containsText(Pattern.compile("In use\\s*1"));
        assertThat(refusal).containsText(Pattern.compile("Way out\\s*Move to a larger plan"));
        assertThat(visitor.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve")))
                .hasCount(0);
        assertThat(deployments()).hasSize(1);
        visitor.follows("Change the plan");
        visitor.sees("Change the plan of " + NAME);
        assertThat(visitor.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Move to Professional")))
                .isVisible();
    }

    @Test
    @Order(12)
    void a_taken_slug_is_refused_and_a_second_tenant_gets_its_own() {
        visitor.opens("/tenants/new");
        visitor.fillsIn("Name", "Birch & Sons");
        visitor.fillsIn("Slug", SLUG);
        visitor.fillsIn("Administrator’s e-mail", "birch@example.com");
        visitor.page().getByLabel(Pattern.compile("Professional")).check();
        visitor.presses("Onboard the tenant");
        visitor.sees("Onboard a tenant");
        assertThat(visitor.field("Slug")).hasAccessibleDescription(Pattern.compile("taken"));
        assertThat(visitor.page().getByLabel(Pattern.compile("Professional"))).isChecked();

        visitor.fillsIn("Slug", "birch");
        visitor.presses("Onboard the tenant");
        visitor.sees("Onboard birch");
        assertThat(visitor.text("5 of 5 steps done")).isVisible();
        visitor.follows("Open the tenant");
        visitor.sees("Birch & Sons");
    }

    @Test
    @Order(13)
    void the_operators_other_pages_are_in_order() {
        for (var heading : List.of("Home", "Tenants", "Plans", "Billing", "Audit", "Plugins", "API tokens")) {
            visitor.page()
                    .getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(heading).setExact(true))
                    .click();
            visitor.sees(heading);
        }
        visitor.opens("/tenants/nobody-has-this");
        visitor.sees("There is nothing here");
        visitor.signsOut();
    }

    @Test
    @Order(14)
    void the_tenants_administrator_sees_that_tenant_and_no_other() {
        visitor.signsIn("alice");
        visitor.sees("Your tenants");
        assertThat(visitor.row(NAME)).isVisible();
        assertThat(visitor.main()).not().containsText("birch");
        visitor.follows(NAME);
        visitor.sees(NAME);
        visitor.opens("/tenants/birch");
        visitor.sees("There is nothing here");
        visitor.opens("/tenants");
        visitor.sees("You may not do this");
        visitor.signsOut();
    }

    @Test
    @Order(15)
    void finance_downloads_the_month() throws IOException {
        visitor.signsIn("finance");
        visitor.follows("Billing");
        visitor.sees("Billing");
        var file = visitor.page().waitForDownload(() -> visitor.presses("Download FOCUS CSV")).path();

        var lines = Files.readAllLines(file);
        assertThat(List.of(lines.getFirst().split(",", -1)))
                .contains("BilledCost", "BillingCurrency", "BillingPeriodStart", "ChargePeriodEnd", "ChargeCategory")
                .contains("EffectiveCost", "ListCost", "PricingQuantity", "ServiceName", "SkuId", "x_TenantSlug");
        assertThat(lines.stream().skip(1)).anyMatch(line -> line.contains("," + NAME + ",USD,") && line.contains(",99,"));
        visitor.signsOut();
    }

    @Test
    @Order(16)
    void the_browser_never_had_anything_to_complain_about() {
        visitor.hasNothingToComplainAbout();
    }

    private Locator actions() {
        return visitor.main().locator("a.button, button");
    }

    private Locator step(String title) {
        return visitor.page().locator(".step", new Page.LocatorOptions().setHasText(title));
    }

    /// Of each deployment whether it is simulated.
    private List<Boolean> deployments() {
        return product.api().get("/tenants/" + SLUG + "/deployments").jsonPath().getList("deployments.simulated");
    }
}
