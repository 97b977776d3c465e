package io.autostack.ui.gallery;

import io.autostack.ui.audit.AuditRow;
import io.autostack.ui.frame.Frame;
import io.autostack.ui.frame.NavItem;
import io.autostack.ui.frame.Notice;
import io.autostack.ui.frame.Viewer;
import io.autostack.ui.operations.Operation;
import io.autostack.ui.operations.OperationRow;
import io.autostack.ui.operations.State;
import io.autostack.ui.operations.Step;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.Fact;
import io.autostack.ui.parts.PlanOffer;
import io.autostack.ui.tenancy.Tenant;
import io.autostack.ui.tenancy.TenantRow;
import io.autostack.ui.tenancy.TenantTab;
import io.autostack.ui.tenancy.TenantTabs;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/// The sample platform which all pages of the gallery show: one fixed morning, invented tenants.
final class Samples {

    static final YearMonth MONTH = YearMonth.of(2026, 11);
    static final Instant NOW = Instant.parse("2026-11-20T09:30:00Z");
    static final String OPERATION = "01981f5e-7c1d-7a51-9f2e-3b8a4c6d7e8f";
    static final Viewer OPERATOR = new Viewer("Olivia Operator", List.of("operator"));
    static final Viewer ALICE = new Viewer("Alice Example", List.of());

    private Samples() {}

    static Frame operator(String title, String here) {
        var nav = List.of(
                item("Home", "/", "home", here),
                item("Tenants", "/tenants", "tenants", here),
                item("Operations", "/operations", "clock", here),
                item("Marketplace", "/marketplace", "market", here),
                item("Plans", "/plans", "plans", here),
                item("Billing", "/billing", "money", here),
                item("Fleet", "/fleet", "database", here),
                item("Audit", "/audit", "audit", here),
                item("Plugins", "/plugins", "plugin", here),
                item("API tokens", "/tokens", "key", here),
                item("Upkeep", "/upkeep", "retry", here));
        return new Frame(title, OPERATOR, nav, null, notice(here), null);
    }

    static Frame tenantUser(String title, String here) {
        var nav = List.of(
                item("Home", "/", "home", here),
                item("Marketplace", "/marketplace", "market", here),
                item("Plans", "/plans", "plans", here),
                item("API tokens", "/tokens", "key", here));
        return new Frame(title, ALICE, nav, null, notice(here), null);
    }

    static Frame nobody(String title) {
        return new Frame(title, Viewer.signedOut(), List.of());
    }

    private static Notice notice(String here) {
        return new Notice(
                "No Docker engine answers on this machine: containers are simulated, databases and secrets are real.",
                "0f1e2d3c4b5a6978",
                here);
    }

    private static NavItem item(String label, String href, String icon, String here) {
        return new NavItem(label, href, icon, href.equals(here));
    }

    static List<PlanOffer> plans() {
        return List.of(
                new PlanOffer("starter", "Starter", Amount.usd("99"), "1 app", "100 users", List.of()),
                new PlanOffer("professional", "Professional", Amount.usd("299"), "5 apps", "1,000 users", List.of()),
                new PlanOffer("business", "Business", Amount.usd("799"), "20 apps", "5,000 users", List.of()),
                new PlanOffer(
                        "enterprise",
                        "Enterprise",
                        Amount.usd("1999"),
                        "Unlimited apps",
                        "Users as agreed",
                        List.of("The user limit is part of each contract")));
    }

    static List<TenantRow> tenants() {
        return List.of(
                new TenantRow(
                        "Acme Bakery",
                        "acme",
                        Badge.plan("Starter"),
                        Badge.status("active"),
                        NOW.minusSeconds(86_400),
                        "http://acme.localhost:8081"),
                new TenantRow(
                        "Blue Harbour Logistics",
                        "blue-harbour",
                        Badge.plan("Business"),
                        Badge.status("provisioning"),
                        NOW.minusSeconds(12),
                        null),
                new TenantRow(
                        "Cedar & Sons",
                        "cedar",
                        Badge.plan("Professional"),
                        Badge.status("suspended"),
                        NOW.minusSeconds(8_640_000),
                        "http://cedar.localhost:8081"),
                new TenantRow(
                        "Delta Robotics",
                        "delta",
                        Badge.plan("Enterprise"),
                        Badge.status("failed"),
                        NOW.minusSeconds(3_600),
                        null),
                new TenantRow(
                        "Elm Street Books",
                        "elm-books",
                        Badge.plan("Starter"),
                        Badge.status("closed"),
                        NOW.minusSeconds(9_000_000),
                        null));
    }

    static TenantTabs tabs(TenantTab current) {
        return new TenantTabs("Acme Bakery", "acme", current, true);
    }

    static Tenant tenant(boolean active) {
        return tenant(active ? "active" : "provisioning");
    }

    static Tenant tenant(String status) {
        var active = status.equals("active");
        return new Tenant(
                "Acme Bakery",
                "acme",
                Badge.plan("Starter"),
                Badge.status(status),
                NOW.minusSeconds(86_400),
                active ? "http://acme.localhost:8081" : null,
                "alice@example.com",
                active
                        ? new Tenant.Database(
                                "PostgreSQL 18",
                                "127.0.0.1",
                                54_321,
                                "tenant_019acb627a7b7c3a9d520123456789ab",
                                "tenants/acme/database")
                        : null,
                active,
                active,
                active,
                false);
    }

    static List<OperationRow> operationRows() {
        return List.of(
                row(onboardingRunning(), "Blue Harbour Logistics"),
                row(deploymentSimulated(), "Acme Bakery"),
                row(onboardingFailed(), "Delta Robotics"),
                row(onboardingDone(), "Acme Bakery"));
    }

    private static OperationRow row(Operation operation, String subject) {
        return new OperationRow(
                operation.id(),
                operation.title(),
                subject,
                operation.state(),
                operation.simulated(),
                operation.startedAt(),
                operation.finishedAt());
    }

    static List<AuditRow> history() {
        return List.of(
                new AuditRow(
                        NOW.minusSeconds(9),
                        "alice@example.com",
                        "approved a deployment plan",
                        "shop",
                        "/tenants/acme/deployments/shop",
                        "acme"),
                new AuditRow(NOW.minusSeconds(95), "operator", "onboarded a tenant", "Delta Robotics", null, "delta"),
                new AuditRow(NOW.minusSeconds(400), "cli", "made an API token", "nightly export", "/tokens", null));
    }

    static Operation onboardingRunning() {
        return new Operation(
                OPERATION,
                "Onboard Acme Bakery",
                State.RUNNING,
                false,
                NOW.minusSeconds(4),
                null,
                List.of(
                        done(
                                "Create the database role",
                                4_000,
                                3_700,
                                Fact.code("Role", "tenant_019acb627a7b7c3a9d520123456789ab")),
                        done(
                                "Create the database",
                                3_700,
                                900,
                                Fact.code("Database", "tenant_019acb627a7b7c3a9d520123456789ab"),
                                host()),
                        new Step(
                                "Migrate the database",
                                State.RUNNING,
                                2,
                                NOW.minusMillis(900),
                                null,
                                List.of(),
                                "Waiting for the database to accept connections",
                                null,
                                false),
                        Step.waiting("Store the credentials"),
                        Step.waiting("Route the address")),
                cost(),
                Operation.Recovery.NONE,
                tenantPage());
    }

    static Operation onboardingDone() {
        return new Operation(
                OPERATION,
                "Onboard Acme Bakery",
                State.DONE,
                false,
                NOW.minusSeconds(6),
                NOW.minusSeconds(1),
                List.of(
                        done(
                                "Create the database role",
                                6_000,
                                5_700,
                                Fact.code("Role", "tenant_019acb627a7b7c3a9d520123456789ab")),
                        done(
                                "Create the database",
                                5_700,
                                3_100,
                                Fact.code("Database", "tenant_019acb627a7b7c3a9d520123456789ab"),
                                host()),
                        done("Migrate the database", 3_100, 2_000, Fact.text("Migrations", "1 applied")),
                        done("Store the credentials", 2_000, 1_900, Fact.code("Secret", "tenants/acme/database")),
                        done("Route the address", 1_900, 1_000, address())),
                cost(),
                Operation.Recovery.NONE,
                tenantPage());
    }

    static Operation onboardingFailed() {
        return new Operation(
                OPERATION,
                "Onboard Acme Bakery",
                State.FAILED,
                false,
                NOW.minusSeconds(95),
                NOW.minusSeconds(3),
                List.of(
                        done(
                                "Create the database role",
                                95_000,
                                94_700,
                                Fact.code("Role", "tenant_019acb627a7b7c3a9d520123456789ab")),
                        new Step(
                                "Create the database",
                                State.FAILED,
                                5,
                                NOW.minusSeconds(94),
                                NOW.minusSeconds(3),
                                List.of(),
                                "The database server at 127.0.0.1:54321 refused the connection.",
                                "Check that the server is running and reachable from the control plane, then try again.",
                                false),
                        Step.waiting("Migrate the database"),
                        Step.waiting("Store the credentials"),
                        Step.waiting("Route the address")),
                null,
                new Operation.Recovery(true, true, true),
                null);
    }

    private static Operation.Cost cost() {
        return new Operation.Cost(
                Amount.usd("0.000131"),
                Amount.usd("51.32"),
                "What it really built here would cost",
                "What is simulated is not counted, and nobody is charged.");
    }

    static Operation deploymentSimulated() {
        return new Operation(
                "01981f60-11aa-7bc0-8d5e-55aa66bb77cc",
                "Deploy shop from Next.js + PostgreSQL",
                State.DONE,
                true,
                NOW.minusSeconds(9),
                NOW.minusSeconds(2),
                List.of(
                        done("Create the database", 9_000, 6_000, Fact.code("Database", "acme_shop"), host()),
                        done("Store the credentials", 6_000, 5_800, Fact.code("Secret", "tenants/acme/apps/shop")),
                        new Step(
                                "Start the container",
                                State.DONE,
                                1,
                                NOW.minusMillis(5_800),
                                NOW.minusSeconds(2),
                                List.of(Fact.text("Container", "simulated: no container engine was found")),
                                "Nothing was started; the step only records what would run.",
                                "Install a container engine on this machine to run it for real.",
                                true)),
                null,
                Operation.Recovery.NONE,
                new Operation.Destination("Open the deployment", "/tenants/acme/deployments/shop"));
    }

    private static Step done(String title, long startedMillisAgo, long finishedMillisAgo, Fact... evidence) {
        return new Step(
                title,
                State.DONE,
                1,
                NOW.minusMillis(startedMillisAgo),
                NOW.minusMillis(finishedMillisAgo),
                List.of(evidence),
                null,
                null,
                false);
    }

    private static Fact host() {
        return Fact.code("Server", "127.0.0.1:54321");
    }

    private static Fact address() {
        return Fact.link("Address", "http://acme.localhost:8081", "http://acme.localhost:8081");
    }

    private static Operation.Destination tenantPage() {
        return new Operation.Destination("Open the tenant", "/tenants/acme");
    }
}
