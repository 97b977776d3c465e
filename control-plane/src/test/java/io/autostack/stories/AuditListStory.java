package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Extras;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.autostack.testing.Walk;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Finding one line of history among many: who did what, on what, and when.
@QuarkusTest
class AuditListStory {

    private static final int MANY = 150;
    private static final String MARK = "zqaudit";

    @BeforeAll
    static void a_long_history_of_two_tenants() throws SQLException {
        Extras.add("zqau-own", "zqau-other");
        Extras.makeMember("alice@example.com", "viewer", "zqau-own");
        Server.execute("autostack", """
            insert into audit.event (id, at, actor, actor_kind, tenant_id, action, object_type, object_id, details, trace_id)
            select uuidv7(), timestamptz '2026-10-01 12:00:00.000001+00' + (n / 10) * interval '1 day',
                   'ZQaudit ' || (array['Olga', 'Piet', 'olga'])[n %% 3 + 1], 'user', t.id,
                   (array['thing.made', 'thing.lost'])[n %% 2 + 1], 'thing', 'zq-thing-' || n,
                   jsonb_build_object('name', '100%%_' || n, 'secretive', 'zqhidden'), 'zqtrace' || n
              from tenancy.tenant t, generate_series(1, %d / 2) n
             where t.slug in ('zqau-own', 'zqau-other')
            """.formatted(MANY));
    }

    @AfterAll
    static void nothing_is_left_of_it() throws SQLException {
        Extras.remove("zqau-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "actor", "action"})
    void under_every_order_each_line_is_met_once_and_in_its_place(String sort) {
        var address = "/api/v1/audit-events?q=" + MARK + "&sort=";
        var up = Walk.rows(Callers::operator, address + sort + "&page_size=7", "events");
        var down = Walk.rows(Callers::finance, address + "-" + sort + "&page_size=11", "events");

        assertThat(up).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(up.stream().map(event -> key(event, sort)).toList()).isSorted();
        assertThat(down).isEqualTo(up.reversed());
    }

    @Test
    void without_an_order_it_is_the_newest_first() {
        assertThat(Walk.rows(Callers::operator, "/api/v1/audit-events?page_size=20&q=" + MARK, "events"))
                .isEqualTo(Walk.rows(Callers::operator, "/api/v1/audit-events?sort=-time&q=" + MARK, "events"));
    }

    @ParameterizedTest
    @CsvSource({
        "q=zqaudit+piet, 50",
        "q=zqaudit+THING.MADE, 74",
        "q=zq-thing-33, 2",
        "q=zqtrace33, 2",
        "q=zqaudit+100%25_7, 14",
        "q=zqaudit+%25%25, 0",
        "q=zqhidden, 0",
        "q=zqaudit'+or+1=1+--, 0",
        "actor=ZQaudit+Piet, 50",
        "actor=zqaudit+piet, 0",
        "actor=ZQaudit%25, 0",
        "q=zqaudit&action=thing.lost, 76",
        "object=zq-thing-12, 2",
        "tenant=zqau-own&action=thing.made, 37",
        "tenant=zqau-own&from=2026-10-02&to=2026-10-03, 10",
        "tenant=zqau-own&from=2026-10-02T12:00:00.000001Z&to=2026-10-02T12:00:00.000002Z, 10",
        "tenant=zqau-own&from=2026-10-02T12:00:00.000002Z&to=2026-10-03T12:00:00.000001Z, 0",
        "tenant=zqau-own&from=2026-10-03&to=2026-10-02, 0"
    })
    void words_filters_and_a_span_of_time_narrow_the_history(String asked, int many) {
        assertThat(Walk.ids(Callers::operator, "/api/v1/audit-events?page_size=500&" + asked, "events"))
                .hasSize(many);
    }

    @Test
    void members_see_their_tenants_history_and_nothing_of_others() {
        assertThat(Walk.ids(Callers::alice, "/api/v1/audit-events?tenant=zqau-own&sort=actor&page_size=9", "events"))
                .hasSize(75);
        for (var asked : List.of("q=zqau-other", "q=zqaudit'+or+true+--", "object=%25", "actor=%25"))
            assertThat(Walk.ids(Callers::alice, "/api/v1/audit-events?tenant=zqau-own&" + asked, "events"))
                    .as(asked)
                    .isEmpty();
        assertThat(Walk.rows(Callers::alice, "/api/v1/audit-events?tenant=zqau-own&page_size=500&q=zqaudit", "events"))
                .hasSize(75)
                .allSatisfy(event -> assertThat(event.get("tenant")).isEqualTo("zqau-own"));
        Problems.notFound(Callers.alice().get("/api/v1/audit-events?tenant=zqau-other&q=zqaudit"));
        Problems.problem(Callers.alice().get("/api/v1/audit-events?q=zqaudit"), 403, "not-allowed");
        assertThat(page("alice", "/audit?tenant=zqau-own", 200).select("tbody tr"))
                .hasSize(50);
        assertThat(page("alice", "/audit?tenant=zqau-other", 404)
                        .select("[data-error-summary]")
                        .text())
                .contains("zqau-other");
    }

    @Test
    void a_token_for_one_tenant_sees_that_ones_history_whatever_it_asks() {
        var token = Tokens.create("finance", "zqau-own").secret();

        assertThat(Walk.rows(() -> Callers.bearer(token), "/api/v1/audit-events?q=" + MARK, "events"))
                .hasSize(75)
                .allSatisfy(event -> assertThat(event.get("tenant")).isEqualTo("zqau-own"));
    }

    @ParameterizedTest
    @CsvSource({
        "sort, object",
        "from, yesterday",
        "from, 2026-02-30",
        "to, +999999999-12-31T23:59:59Z",
        "to, -0001-01-01T00:00:00Z",
        "to, 0000-01-01",
        "page_token, LWFjdGlvbg",
        "q, 'a\u0007b'"
    })
    void what_the_history_does_not_know_is_said_at_its_field(String field, String value) {
        Problems.field(Callers.operator().queryParam(field, value).get("/api/v1/audit-events"), field);
        var page =
                Callers.operator().accept("text/html").queryParam(field, value).get("/audit");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(page.asString()).select("[data-error-summary] li"))
                .hasSize(1);
    }

    @Test
    void no_address_makes_an_answer_that_is_our_mistake() {
        for (var nonsense : List.of(
                "actor=%00", "action=%00", "object=%00", "tenant=%00", "from=%00", "q=%F0%9F", "page_token=%00"))
            for (var address : List.of("/audit?", "/api/v1/audit-events?", "/operations?", "/tenants?"))
                for (var accept : List.of("text/html", "application/json"))
                    assertThat(Callers.operator()
                                    .accept(accept)
                                    .urlEncodingEnabled(false)
                                    .get(address + nonsense)
                                    .statusCode())
                            .as(address + nonsense)
                            .isIn(200, 400, 404, 406, 422);
    }

    @Test
    void the_page_leads_through_all_of_it_and_keeps_what_was_asked() {
        var seen = new ArrayList<String>();
        var address = "/audit?q=" + MARK + "&sort=actor&from=2026-10-01&to=2026-12-01";
        while (!address.isEmpty()) {
            var page = page("operator", address, 200);
            assertThat(page.select(".found").text()).startsWith(MANY + " entries, 50 on this page");
            assertThat(page.select("#field-from").val()).isEqualTo("2026-10-01");
            assertThat(page.select("th[aria-sort]").text()).isEqualTo("Who");
            seen.addAll(page.select("tbody td:nth-child(2)").eachText());
            address = page.select("a[rel=next]").attr("href");
        }

        assertThat(seen).hasSize(MANY).isSorted();
    }

    private static String key(Map<String, Object> event, String sort) {
        return sort.equals("time")
                ? "%019d".formatted(Instant.parse(Walk.text(event, "at")).toEpochMilli())
                : Walk.text(event, sort);
    }

    private static Document page(String person, String address, int status) {
        var answer = Callers.person(person)
                .accept("text/html")
                .urlEncodingEnabled(false)
                .get(address);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return Jsoup.parse(answer.asString());
    }
}
