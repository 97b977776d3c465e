package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.autostack.testing.Callers;
import io.autostack.testing.Extras;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.Tokens;
import io.autostack.testing.Walk;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
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

/// Finding operations among many: what failed, of which kind, for whom, and which took long.
@QuarkusTest
class OperationListStory {

    private static final int MANY = 120;
    private static final String MARK = "zqoperation";

    @BeforeAll
    static void many_operations_of_two_tenants() throws SQLException {
        Extras.add("zqop-own", "zqop-other");
        Extras.makeMember("alice@example.com", "viewer", "zqop-own");
        Server.execute("autostack", """
            insert into provisioning.operation (id, tenant_id, kind, title, request_key, state, facts, message,
                                                created_at, started_at, finished_at)
            select uuidv7(), t.id, (array['suspend-tenant', 'resume-tenant'])[n %% 2 + 1], 'Zqoperation ' || t.slug || ' no-' || n,
                   'zqop:' || t.slug || n, (array['done', 'done', 'failed'])[n %% 3 + 1], jsonb_build_object('slug', t.slug, 'secret.fact', 'hidden'),
                   case when n %% 3 = 2 then 'Refused 100%%_ by 127.0.0.1' end,
                   timestamptz '2026-11-01 00:00:00.123456+00' + (n / 4) * interval '1 second',
                   case when n > 10 then timestamptz '2026-11-01 00:00:00.5+00' end,
                   case when n > 10 then timestamptz '2026-11-01 00:00:00.500001+00' + (n %% 7) * interval '0.000123 second' end
              from tenancy.tenant t, generate_series(1, %d / 2) n
             where t.slug in ('zqop-own', 'zqop-other')
            """.formatted(MANY));
    }

    @AfterAll
    static void nothing_is_left_of_them() throws SQLException {
        Extras.remove("zqop-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "kind", "state", "took"})
    void under_every_order_each_operation_is_met_once_and_in_its_place(String sort) {
        var address = "/api/v1/operations?q=" + MARK + "&sort=";
        var up = Walk.rows(Callers::operator, address + sort + "&page_size=7", "operations");
        var down = Walk.rows(Callers::finance, address + "-" + sort + "&page_size=11", "operations");

        assertThat(up).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(up.stream().map(operation -> key(operation, sort)).toList()).isSorted();
        assertThat(down).isEqualTo(up.reversed());
    }

    @Test
    void pages_of_one_cut_between_operations_of_the_same_moment() {
        assertThat(Walk.ids(
                        Callers::operator,
                        "/api/v1/operations?tenant=zqop-own&state=failed&page_size=1&sort=took",
                        "operations"))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "q=zqoperation+own, 60",
        "q=ZQOPERATION+no-17, 2",
        "q=zqoperation+refused+127.0.0.1, 40",
        "q=zqoperation+%25_, 40",
        "q=zqoperation+%25x, 0",
        "q=zqoperation+hidden, 0",
        "q=zqoperation'+or+true+--, 0",
        "q=zqoperation&state=failed, 40",
        "q=zqoperation&kind=suspend-tenant&state=done, 40",
        "tenant=zqop-own, 60",
        "tenant=zqop-own&kind=resume-tenant&state=failed, 10"
    })
    void words_and_filters_narrow_the_list(String asked, int many) {
        assertThat(Walk.ids(Callers::operator, "/api/v1/operations?page_size=500&" + asked, "operations"))
                .hasSize(many);
    }

    @Test
    void an_operation_is_found_by_its_id_and_says_whose_it_is() throws SQLException {
        var id = Server.texts(
                        "autostack", "select id from provisioning.operation where request_key = 'zqop:zqop-own17'")
                .getFirst();

        Callers.operator()
                .queryParam("q", id)
                .get("/api/v1/operations")
                .then()
                .statusCode(200)
                .body("operations.size()", is(1))
                .body("operations[0].tenantSlug", is("zqop-own"))
                .body("operations[0].facts", nullValue());
    }

    @Test
    void members_see_their_tenants_operations_and_nothing_of_others() {
        assertThat(Walk.ids(Callers::alice, "/api/v1/operations?tenant=zqop-own&page_size=50", "operations"))
                .hasSize(60);
        for (var asked : List.of("q=zqop-other", "q=" + MARK + "+other", "q=zqoperation'+or+true+--"))
            assertThat(Walk.ids(Callers::alice, "/api/v1/operations?tenant=zqop-own&" + asked, "operations"))
                    .as(asked)
                    .isEmpty();
        Problems.notFound(Callers.alice().get("/api/v1/operations?tenant=zqop-other"));
        Problems.notFound(Callers.alice().get("/api/v1/operations?tenant=zqop-nobody"));
        Problems.problem(Callers.alice().get("/api/v1/operations"), 403, "not-allowed");
        Problems.problem(Callers.nobody().get("/api/v1/operations"), 401, "not-signed-in");
        assertThat(page("alice", "/operations?tenant=zqop-own", 200).select("tbody tr"))
                .hasSize(50);
        assertThat(page("alice", "/operations?tenant=zqop-other", 404)
                        .select("[data-error-summary]")
                        .text())
                .contains("zqop-other");
        page("alice", "/operations", 403);
        var nothing = page("alice", "/operations?tenant=zqop-own&q=nobody&state=done", 200);
        assertThat(nothing.select(".empty a").attr("href")).isEqualTo("/operations?tenant=zqop-own");
    }

    @Test
    void a_token_for_one_tenant_sees_that_one_whatever_it_asks() {
        var token = Tokens.create("operator", "zqop-own").secret();

        assertThat(Walk.rows(() -> Callers.bearer(token), "/api/v1/operations?q=" + MARK, "operations"))
                .hasSize(60)
                .allSatisfy(operation -> assertThat(operation.get("tenantSlug")).isEqualTo("zqop-own"));
        Problems.notFound(Callers.bearer(token).get("/api/v1/operations?tenant=zqop-other"));
    }

    @ParameterizedTest
    @CsvSource({
        "sort, title",
        "state, open",
        "kind, no-such-kind",
        "page_size, 0",
        "page_token, LXRvb2s",
        "q, 'a\u202Eb'"
    })
    void what_the_list_does_not_know_is_said_at_its_field(String field, String value) {
        Problems.field(Callers.operator().queryParam(field, value).get("/api/v1/operations"), field);
        var page =
                Callers.operator().accept("text/html").queryParam(field, value).get("/operations");
        assertThat(page.statusCode()).isEqualTo(field.equals("page_size") ? 200 : 422);
    }

    @Test
    void the_page_leads_through_all_of_them_and_keeps_what_was_asked() {
        var seen = new ArrayList<String>();
        var address = "/operations?q=" + MARK + "&sort=-took&kind=suspend-tenant";
        while (!address.isEmpty()) {
            var page = page("operator", address, 200);
            assertThat(page.select(".found").text()).startsWith("60 operations");
            assertThat(page.select("#field-kind option[selected]").val()).isEqualTo("suspend-tenant");
            assertThat(page.select("th[aria-sort]").attr("aria-sort")).isEqualTo("descending");
            seen.addAll(page.select("tbody th a").eachAttr("href"));
            address = page.select("a[rel=next]").attr("href");
        }

        assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void the_tenants_page_leads_to_all_of_its_operations() {
        assertThat(page("alice", "/tenants/zqop-own", 200)
                        .select("a:containsOwn(All operations)")
                        .attr("href"))
                .isEqualTo("/operations?tenant=zqop-own");
    }

    private static String key(Map<String, Object> operation, String sort) {
        return switch (sort) {
            case "created" -> "%019d".formatted(micros(Instant.parse(Walk.text(operation, "createdAt"))));
            case "took" -> {
                var finished = operation.get("finishedAt");
                yield finished == null
                        ? ""
                        : "%019d"
                                .formatted(micros(Instant.parse(finished.toString()))
                                        - micros(Instant.parse(Walk.text(operation, "startedAt"))));
            }
            default -> Walk.text(operation, sort);
        };
    }

    private static long micros(Instant at) {
        return BigDecimal.valueOf(Duration.between(Instant.EPOCH, at).toNanos(), 3)
                .longValue();
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
