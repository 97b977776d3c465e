package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Ending;
import io.autostack.testing.Onboarding;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What finance has exported stays true: a month that is over does not change with what becomes of its tenants later.
@QuarkusTest
class PastMonthsStory {

    private static final String OVER = "2024-02";

    @Test
    void a_month_that_is_over_says_the_same_whatever_becomes_of_a_tenant_later() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        servedSince(id, "2024-01-15T12:00:00Z");
        Ending.inControlPlane("insert into metering.total (tenant_id, meter, period, quantity)" + " values ('" + id
                + "', 'api-requests', '2024-02-01', 1500)");
        var before = export();
        assertThat(of(slug, before)).hasSize(2).allMatch(row -> row.contains("professional"));
        var used = usage(slug);
        assertThat(used).contains("\"plan\":\"professional\"", "\"used\":1500");

        done(Callers.alice()
                .contentType("application/json")
                .body(Map.of("plan", "business"))
                .put("/api/v1/tenants/" + slug + "/plan")
                .path("operation"));
        assertThat(export()).as("after a change of plan").isEqualTo(before);
        assertThat(usage(slug)).as("against the limits that held then").isEqualTo(used);
        assertThat(Callers.alice()
                        .accept("text/html")
                        .get("/tenants/" + slug + "/usage?period=" + OVER)
                        .asString())
                .contains("Professional")
                .doesNotContain("Business");

        Ending.inControlPlane("update tenancy.tenant set name = 'Another name' where id = '" + id + "'");
        assertThat(export()).as("after another name").isEqualTo(before);

        done(Callers.operator().post("/api/v1/tenants/" + slug + "/suspend").path("operation"));
        assertThat(export()).as("after a suspension").isEqualTo(before);

        Ending.done(Ending.close(Callers.alice(), slug, slug));
        assertThat(export()).as("after closing").isEqualTo(before);

        Ending.done(Ending.reopen(Callers.alice(), slug));
        Ending.done(Ending.close(Callers.alice(), slug, slug));
        Ending.done(Ending.delete(Callers.operator(), slug, slug));
        assertThat(export()).as("after the deletion").isEqualTo(before);

        done(Onboarding.accepted(Onboarding.ask(slug, "starter", "bob@example.com")));
        assertThat(export()).as("after somebody else took the short name").isEqualTo(before);
    }

    @Test
    void a_month_is_charged_as_the_tenant_was_when_it_ended() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        servedSince(id, "2023-03-31T23:59:59Z");
        Ending.inControlPlane("insert into tenancy.tenant_history"
                + " (tenant_id, since, status, plan, plan_version, slug, name)"
                + " values ('" + id + "', '2023-04-30T23:59:59Z', 'active', 'business', 1, '" + slug + "', 'B'),"
                + " ('" + id + "', '2023-05-31T23:59:59Z', 'closed', 'business', 1, '" + slug + "', 'B')");

        assertThat(of(slug, export("2023-02"))).isEmpty();
        assertThat(of(slug, export("2023-03")))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("Professional"));
        assertThat(of(slug, export("2023-04")))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("Business"));
        assertThat(of(slug, export("2023-05"))).isEmpty();
    }

    @Test
    void a_tenant_that_is_built_across_the_end_of_a_month_owes_nothing_for_it_later_either() throws SQLException {
        var slug = Onboarding.activeTenant("professional", "alice@example.com");
        String id = Callers.alice().get("/api/v1/tenants/" + slug).path("id");
        Ending.inControlPlane("update tenancy.tenant_history set since = '2022-06-30T23:59:59Z'"
                + " where tenant_id = '" + id + "' and status = 'provisioning'");
        Ending.inControlPlane("update tenancy.tenant_history set since = '2022-07-01T00:00:01Z'"
                + " where tenant_id = '" + id + "' and status = 'active'");

        assertThat(of(slug, export("2022-06"))).isEmpty();
        assertThat(of(slug, export("2022-07"))).hasSize(1);
    }

    private static void servedSince(String id, String moment) throws SQLException {
        Ending.inControlPlane(
                "update tenancy.tenant_history set since = '" + moment + "' where tenant_id = '" + id + "'");
    }

    private static void done(String operation) {
        Onboarding.finished(operation, "done");
    }

    private static List<String> of(String slug, String file) {
        return file.lines().filter(row -> row.contains(slug)).toList();
    }

    private static String usage(String slug) {
        return Callers.alice()
                .get("/api/v1/tenants/" + slug + "/usage?period=" + OVER)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String export() {
        return export(OVER);
    }

    private static String export(String period) {
        return Callers.finance()
                .accept("text/csv")
                .get("/api/v1/billing/export?period=" + period)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
