package io.autostack.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.testing.Callers;
import io.autostack.testing.Extras;
import io.autostack.testing.Problems;
import io.autostack.testing.Server;
import io.autostack.testing.Walk;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Finding one tenant among many: searching, narrowing, ordering and turning pages, for people and for programs.
@QuarkusTest
class TenantListStory {

    private static final int MANY = 130;

    /// In every name and slug, and nowhere else.
    private static final String MARK = "zqlist";

    @BeforeAll
    static void many_tenants_of_which_two_are_alices() throws SQLException {
        Server.execute("autostack", """
            insert into tenancy.tenant (id, slug, name, status, plan, plan_version, admin_email, created_at)
            select uuidv7(), 'zqlist-' || n,
                   case when n %% 5 = 0 then 'ÖKO zqlist' when n %% 5 = 1 then 'Same ZQLIST name' when n = 17 then '100%%_\\ zqlist'
                        else (array['delta', 'Bravo', 'alpha', 'Charlie'])[n %% 4 + 1] || ' zqlist ' || n end,
                   (array['active', 'suspended', 'closed'])[n %% 3 + 1],
                   (array['starter', 'professional'])[n %% 2 + 1], 1,
                   'boss-' || n || '@zq.example', now() - n * interval '1 hour'
              from generate_series(1, %d) n
            """.formatted(MANY));
        Extras.makeMember("alice@example.com", "admin", "zqlist-2");
        Extras.makeMember("alice@example.com", "admin", "zqlist-3");
    }

    @AfterAll
    static void nothing_is_left_of_them() throws SQLException {
        Extras.remove("zqlist-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "slug", "plan", "status", "created"})
    void under_every_order_each_tenant_is_met_once_and_in_its_place(String sort) {
        var up = Walk.rows(Callers::operator, "/api/v1/tenants?page_size=7&q=" + MARK + "&sort=" + sort, "tenants");
        var down = Walk.rows(Callers::operator, "/api/v1/tenants?page_size=11&q=" + MARK + "&sort=-" + sort, "tenants");

        assertThat(up).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(up.stream().map(tenant -> key(tenant, sort)).toList()).isSorted();
        assertThat(down).isEqualTo(up.reversed());
    }

    private static String key(Map<String, Object> tenant, String sort) {
        return sort.equals("created")
                ? "%019d"
                        .formatted(Instant.parse(Walk.text(tenant, "createdAt")).toEpochMilli())
                : Walk.text(tenant, sort).toLowerCase(Locale.ROOT);
    }

    @Test
    void pages_of_any_size_cut_between_equal_keys_and_lose_nobody() {
        for (int size : new int[] {1, 2, 3, 50, 130, 500})
            assertThat(Walk.ids(
                            Callers::operator,
                            "/api/v1/tenants?q=" + MARK + "&status=closed&sort=status&page_size=" + size,
                            "tenants"))
                    .as("pages of " + size)
                    .hasSize(43)
                    .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "ZQLIST-77, 1",
        "zqlist öko, 26",
        "'  same\tzqlist  ', 26",
        "zqlist name öko, 0",
        "boss-12@zq.example, 1",
        "zqlist %, 1",
        "zqlist _, 1",
        "zqlist \\, 1",
        "100%_\\ zqlist, 1",
        "zqlist%name, 0",
        "'zqlist'' or ''1''=''1', 0",
        "'zqlist''); drop table tenancy.tenant; --', 0",
        "zqlist ?1, 0",
        "zqlist :name, 0"
    })
    void words_are_found_in_names_slugs_and_addresses_and_mean_only_themselves(String words, int many) {
        assertThat(found(Callers.operator(), "q", words)).hasSize(many);
    }

    @Test
    void a_tenant_is_found_by_its_id() throws SQLException {
        var id = Server.texts("autostack", "select id from tenancy.tenant where slug = 'zqlist-44'")
                .getFirst();

        assertThat(found(Callers.operator(), "q", id.toUpperCase(Locale.ROOT))).containsExactly("zqlist-44");
    }

    @Test
    void filters_and_words_narrow_together() {
        assertThat(found(Callers.operator(), "q", MARK, "status", "suspended", "plan", "starter"))
                .hasSize(22)
                .allSatisfy(slug ->
                        assertThat(Integer.parseInt(slug.substring(7)) % 6).isEqualTo(4));
        assertThat(found(Callers.operator(), "q", MARK, "plan", "enterprise")).isEmpty();
    }

    @Test
    void members_find_their_own_tenants_and_no_others_whatever_they_ask() {
        for (var asked :
                List.of("q=" + MARK, "q=zqlist-2", "sort=name&q=" + MARK, "sort=-status&status=closed&q=zqlist"))
            assertThat(Callers.alice()
                            .urlEncodingEnabled(false)
                            .get("/api/v1/tenants?page_size=500&" + asked)
                            .jsonPath()
                            .getList("tenants.slug", String.class))
                    .as(asked)
                    .isNotEmpty()
                    .isSubsetOf("zqlist-2", "zqlist-3");
        assertThat(found(Callers.alice(), "q", "zqlist-4")).isEmpty();
        assertThat(found(Callers.alice(), "q", "zqlist' or true --")).isEmpty();
        assertThat(Walk.ids(Callers::alice, "/api/v1/tenants?sort=name&page_size=1&q=" + MARK, "tenants"))
                .hasSize(2);
    }

    @Test
    void a_place_in_the_list_of_all_shows_members_nothing_of_it() {
        String behind = Callers.operator()
                .get("/api/v1/tenants?sort=slug&page_size=1&q=" + MARK)
                .path("next_page_token");

        assertThat(found(Callers.alice(), "q", MARK, "sort", "slug", "page_token", behind))
                .isSubsetOf("zqlist-2", "zqlist-3");
    }

    @ParameterizedTest
    @CsvSource({
        "sort, colour",
        "sort, 'name; drop table tenancy.tenant'",
        "status, gone",
        "status, ACTIVE",
        "plan, no-such-plan",
        "page_size, many",
        "page_token, LW5hbWU",
        "page_token, '%00'"
    })
    void what_the_list_does_not_know_is_said_at_its_field(String field, String value) {
        Problems.field(Callers.operator().queryParam(field, value).get("/api/v1/tenants"), field);
    }

    @Test
    void a_search_for_what_nobody_sees_or_for_too_much_is_refused() {
        for (var q : List.of("a\0b", "a\u0001b", "a\u202Eb", "x".repeat(101), "x".repeat(2_000)))
            Problems.field(Callers.operator().queryParam("q", q).get("/api/v1/tenants"), "q");
    }

    @Test
    void a_token_of_one_order_is_refused_by_another() {
        String token = Callers.operator()
                .get("/api/v1/tenants?sort=name&page_size=1&q=" + MARK)
                .path("next_page_token");

        for (var sort : List.of("-name", "slug", "created", "-created"))
            Problems.field(
                    Callers.operator().get("/api/v1/tenants?sort=" + sort + "&page_token=" + token), "page_token");
        Problems.field(Callers.operator().get("/api/v1/tenants?page_token=" + token), "page_token");
    }

    @Test
    void the_page_says_how_many_there_are_and_leads_through_all_of_them() {
        var names = new ArrayList<String>();
        var address = "/tenants?q=" + MARK + "&sort=name&status=&plan=";
        var pages = 0;
        while (!address.isEmpty()) {
            var page = page(Callers::operator, address, 200);
            assertThat(page.select(".found").text()).startsWith("130 tenants");
            assertThat(page.select("#field-q").val()).isEqualTo(MARK);
            assertThat(page.select("th[aria-sort]").text()).isEqualTo("Name");
            assertThat(page.select("th[aria-sort]").attr("aria-sort")).isEqualTo("ascending");
            assertThat(page.select("#field-sort option[selected]").val()).isEqualTo("name");
            names.addAll(page.select("tbody th a").eachAttr("href"));
            address = page.select("a[rel=next]").attr("href");
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void the_page_is_shared_by_its_address_and_turned_round_by_its_headings() {
        var page = page(Callers::operator, "/tenants?q=" + MARK + "+same&status=closed&plan=&sort=-created", 200);

        assertThat(page.select("#list").attr("data-address")).isEqualTo("/tenants?q=zqlist+same&status=closed");
        assertThat(page.select("#field-status option[selected]").val()).isEqualTo("closed");
        assertThat(page.select("th a:containsOwn(Created)").attr("href"))
                .isEqualTo("/tenants?q=zqlist+same&status=closed&sort=created");
        assertThat(page.select("th a:containsOwn(Slug)").attr("href"))
                .isEqualTo("/tenants?q=zqlist+same&status=closed&sort=slug");
        assertThat(page.select(".found a").attr("href")).isEqualTo("/tenants");
    }

    @Test
    void nothing_found_says_what_to_do() {
        var page = page(Callers::finance, "/tenants?q=" + MARK + "+nobody", 200);

        assertThat(page.select(".empty").text()).contains("Nothing found", "fewer words");
        assertThat(page.select(".empty a").attr("href")).isEqualTo("/tenants");
        assertThat(page.select("#field-q").val()).isEqualTo(MARK + " nobody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=colour",
                "status=gone",
                "plan=none",
                "page_token=%3F%3F",
                "page_token=LW5hbWU",
                "q=%00",
                "q=%01%E2%80%AE",
                "q=%3Cscript%3E%07alert(1)"
            })
    void a_page_asked_for_nonsense_is_a_form_that_says_so(String nonsense) {
        var page = page(Callers::operator, "/tenants?" + nonsense, 422);

        assertThat(page.select("[data-error-summary] li")).hasSize(1);
        assertThat(page.getElementById(
                        page.select("[data-error-summary] a").attr("href").substring(1)))
                .isNotNull();
        assertThat(page.select("tbody, main script")).isEmpty();
        assertThat(page.select("form.filters button")).hasSize(1);
    }

    @Test
    void a_template_is_deployed_for_a_tenant_that_is_found_by_typing() {
        var all = page(Callers::operator, "/marketplace/nextjs-postgresql", 200);
        assertThat(all.select("#deploy-for a")).hasSize(8);
        assertThat(all.select("#deploy-for .found").text()).contains("There are more");

        var one = page(Callers::operator, "/marketplace/nextjs-postgresql?q=zqlist-12+zqlist", 200);
        assertThat(one.select("#deploy-for a").eachAttr("href"))
                .contains("/tenants/zqlist-12/deploy/nextjs-postgresql")
                .allSatisfy(href -> assertThat(href).contains("zqlist-12"));

        assertThat(page(Callers::operator, "/marketplace/nextjs-postgresql?q=zqlist+nobody", 200)
                        .select("#deploy-for")
                        .text())
                .contains("No active tenant");
        assertThat(page(Callers::alice, "/marketplace/nextjs-postgresql?q=" + MARK, 200)
                        .select("#deploy-for a")
                        .eachAttr("href"))
                .containsExactly("/tenants/zqlist-3/deploy/nextjs-postgresql");
        page(Callers::operator, "/marketplace/nextjs-postgresql?q=%00", 422);
    }

    @Test
    void names_are_ordered_without_regard_to_capitals() {
        var names = Walk.rows(Callers::operator, "/api/v1/tenants?sort=name&q=" + MARK, "tenants").stream()
                .map(tenant -> Walk.text(tenant, "name"))
                .toList();

        assertThat(names).isSortedAccordingTo(Comparator.comparing(name -> name.toLowerCase(Locale.ROOT)));
        assertThat(names.getFirst()).startsWith("100%");
        assertThat(names.getLast()).startsWith("ÖKO");
    }

    private static List<String> found(RequestSpecification caller, String... parameters) {
        var request = caller.queryParam("page_size", 500);
        for (int i = 0; i < parameters.length; i += 2) request.queryParam(parameters[i], parameters[i + 1]);
        Response answer = request.get("/api/v1/tenants");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath().getList("tenants.slug", String.class);
    }

    private static Document page(Supplier<RequestSpecification> caller, String address, int status) {
        var answer = caller.get().accept("text/html").urlEncodingEnabled(false).get(address);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        return Jsoup.parse(answer.asString());
    }
}
