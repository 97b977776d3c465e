package io.autostack.ui.gallery;

import io.autostack.ui.audit.AuditPage;
import io.autostack.ui.lists.Filter;
import io.autostack.ui.lists.Listing;
import io.autostack.ui.lists.Order;
import io.autostack.ui.operations.OperationsPage;
import io.autostack.ui.operations.State;
import io.autostack.ui.parts.Badge;
import io.autostack.ui.parts.FieldError;
import io.autostack.ui.tenancy.TenantRow;
import io.autostack.ui.tenancy.TenantsPage;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The long lists: whole, narrowed, with nothing found, and asked for what they do not know.
final class ListSamples {

    private static final String NO_SUCH_ORDER = "“sort” must be one of name, slug, plan, status, created.";

    private static final String DURATION = "That takes a few seconds.";

    private ListSamples() {}

    static void addTo(Map<String, TemplateInstance> pages) {
        tenants(pages);
        operations(pages);
        audit(pages);
    }

    private static void tenants(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Tenants", "/tenants");
        pages.put("tenants-empty", new TenantsPage(frame, tenants("", "", false, List.of()), List.of(), DURATION));
        pages.put(
                "tenants",
                new TenantsPage(frame, tenants("", "4 tenants", false, List.of()), Samples.tenants(), DURATION));
        pages.put(
                "tenants-many",
                new TenantsPage(
                        frame,
                        tenants("bakery", "212 tenants, 50 on this page", true, List.of()),
                        IntStream.range(1, 51).mapToObj(ListSamples::bakery).toList(),
                        DURATION));
        pages.put(
                "tenants-nothing-found",
                new TenantsPage(frame, tenants("zebra", "", false, List.of()), List.of(), DURATION));
        pages.put(
                "tenants-wrong",
                new TenantsPage(
                        frame,
                        tenants("", "", false, List.of(new FieldError("sort", NO_SUCH_ORDER))),
                        List.of(),
                        DURATION));
    }

    private static TenantRow bakery(int number) {
        return new TenantRow(
                "Bakery of street " + number,
                "bakery-" + number,
                Badge.plan(number % 3 == 0 ? "Business" : "Starter"),
                Badge.status(number % 7 == 0 ? "suspended" : "active"),
                Samples.NOW.minusSeconds(86_400L * number),
                "http://bakery-" + number + ".localhost:8081");
    }

    private static Listing tenants(String q, String found, boolean more, List<FieldError> errors) {
        return list(
                "/tenants",
                "tenants",
                "name, slug, id, e-mail",
                q,
                List.of(
                        Filter.choice("status", "Status", "", options("provisioning", "active", "suspended", "closed")),
                        Filter.choice("plan", "Plan", "", options("starter", "professional", "business"))),
                List.of(
                        order("/tenants", "name", "Name, A to Z", "Name, Z to A", "ascending"),
                        order("/tenants", "slug", "Slug, A to Z", "Slug, Z to A", null),
                        order("/tenants", "plan", "Plan, A to Z", "Plan, Z to A", null),
                        order("/tenants", "status", "Status, A to Z", "Status, Z to A", null),
                        order("/tenants", "created", "Oldest first", "Newest first", null)),
                errors,
                found,
                more);
    }

    private static void operations(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Operations", "/operations");
        pages.put("operations-empty", new OperationsPage(frame, operations("", "", List.of()), List.of()));
        pages.put(
                "operations",
                new OperationsPage(
                        frame,
                        operations("", "More than 1,000 operations, 50 on this page", List.of()),
                        IntStream.range(0, 50)
                                .mapToObj(number -> operation(number, State.values()[number % 4]))
                                .toList()));
        pages.put("operations-nothing-found", new OperationsPage(frame, operations("zebra", "", List.of()), List.of()));
        pages.put(
                "operations-wrong",
                new OperationsPage(
                        frame,
                        operations(
                                "",
                                "",
                                List.of(new FieldError("tenant", "There is no tenant “akme” that you can see."))),
                        List.of()));
    }

    private static OperationsPage.Row operation(int number, State state) {
        var asked = Samples.NOW.minusSeconds(1_000L * number);
        return new OperationsPage.Row(
                Samples.OPERATION,
                number % 2 == 0 ? "Onboard bakery-" + number : "Deploy Shop for bakery-" + number,
                number == 5 ? null : "bakery-" + number,
                state,
                number % 6 == 1,
                asked,
                state == State.WAITING ? null : asked.plusMillis(40),
                state.isFinal() ? asked.plusMillis(40 + 730L * number) : null);
    }

    private static Listing operations(String q, String found, List<FieldError> errors) {
        return list(
                "/operations",
                "operations",
                "title, kind, id, message",
                q,
                List.of(
                        Filter.text("tenant", "Tenant", errors.isEmpty() ? "" : "akme", false),
                        Filter.choice("kind", "Kind", "", options("open-tenant", "deploy-stack", "back-up-tenant")),
                        Filter.choice("state", "State", "", options("waiting", "running", "done", "failed"))),
                List.of(
                        order("/operations", "created", "Oldest first", "Newest first", "descending"),
                        order("/operations", "kind", "Kind, A to Z", "Kind, Z to A", null),
                        order("/operations", "state", "State, A to Z", "State, Z to A", null),
                        order("/operations", "took", "Shortest first", "Longest first", null)),
                errors,
                found,
                found.startsWith("More"));
    }

    private static void audit(Map<String, TemplateInstance> pages) {
        var frame = Samples.operator("Audit", "/audit");
        pages.put("audit", new AuditPage(frame, audit("", "3 entries", List.of()), Samples.history()));
        pages.put("audit-empty", new AuditPage(frame, audit("", "", List.of()), List.of()));
        pages.put("audit-nothing-found", new AuditPage(frame, audit("zebra", "", List.of()), List.of()));
        var wrong = List.of(new FieldError("from", "“from” must be a day such as 2026-11-20."));
        pages.put("audit-wrong", new AuditPage(frame, audit("", "", wrong), List.of()));
    }

    private static Listing audit(String q, String found, List<FieldError> errors) {
        return list(
                "/audit",
                "entries",
                "who, what, on what, trace id",
                q,
                List.of(
                        Filter.text("tenant", "Tenant", "", false),
                        Filter.text("actor", "Who", "", false),
                        Filter.text("action", "What", "", false),
                        Filter.text("object", "On (id)", "", false),
                        Filter.day("from", "From", errors.isEmpty() ? "" : "yesterday"),
                        Filter.day("to", "Before", "")),
                List.of(
                        order("/audit", "time", "Oldest first", "Newest first", "descending"),
                        order("/audit", "actor", "Who, A to Z", "Who, Z to A", null),
                        order("/audit", "action", "What, A to Z", "What, Z to A", null)),
                errors,
                found,
                false);
    }

    private static Listing list(
            String path,
            String things,
            String hint,
            String q,
            List<Filter> filters,
            List<Order> orders,
            List<FieldError> errors,
            String found,
            boolean more) {
        return new Listing(
                path,
                things,
                hint,
                q,
                filters,
                orders,
                errors,
                q.isEmpty() ? path : path + "?q=" + q,
                found,
                !q.isEmpty(),
                path,
                more ? path + "?q=" + q : null,
                more ? path + "?q=" + q + "&page_token=abc" : null);
    }

    private static Order order(String path, String column, String up, String down, @Nullable String direction) {
        return new Order(
                column,
                direction,
                path + "?sort=" + ("ascending".equals(direction) ? "-" : "") + column,
                new Filter.Option(column, up),
                new Filter.Option("-" + column, down));
    }

    private static List<Filter.Option> options(String... words) {
        return List.of(words).stream()
                .map(word -> new Filter.Option(word, word))
                .toList();
    }
}
