package io.autostack.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autostack.shared.Hits;
import io.autostack.shared.ListColumns;
import io.autostack.shared.ListColumns.Column;
import io.autostack.shared.ListColumns.Key;
import io.autostack.shared.ListColumns.Kind;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Page;
import io.autostack.shared.Problem;
import io.autostack.ui.lists.Filter;
import io.autostack.ui.lists.Listing;
import io.autostack.ui.lists.Order;
import io.autostack.web.Listings.Directions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListingsTest {

    private static final Key<String> ITSELF = new Key<>("x", Kind.TEXT, text -> text);
    private static final ListColumns<String> COLUMNS =
            ListColumns.of("-time", Column.latestFirst("time", ITSELF), Column.of("actor", ITSELF));
    private static final Listings LISTINGS = new Listings(
            "/audit", "entry", "entries", "anything", Map.of("time", new Directions("Oldest first", "Newest first")));

    @Test
    void how_much_was_found_is_said_in_words() {
        assertThat(found(1, new Hits(1, false))).isEqualTo("1 entry");
        assertThat(found(3, new Hits(3, false))).isEqualTo("3 entries");
        assertThat(found(3, new Hits(212, false))).isEqualTo("212 entries, 3 on this page");
        assertThat(found(3, new Hits(1_000, false))).isEqualTo("1,000 entries, 3 on this page");
        assertThat(found(3, new Hits(1_000, true))).isEqualTo("More than 1,000 entries, 3 on this page");
        assertThat(found(0, Hits.NONE)).isEmpty();
    }

    @Test
    void every_address_holds_what_was_typed_and_nothing_that_is_so_anyway() {
        var list = list("a&b=c#", "-time", null, text("actor", " olga ", false), text("object", "", false));

        assertThat(list.address()).isEqualTo("/audit?q=a%26b%3Dc%23&actor=olga");
        assertThat(list.everything()).isEqualTo("/audit");
        assertThat(list.narrowed()).isTrue();
        assertThat(list.first()).isNull();
        assertThat(list.next()).isEqualTo("/audit?q=a%26b%3Dc%23&actor=olga&page_token=bmV4dA");
    }

    @Test
    void behind_the_first_page_there_is_a_way_back_to_it() {
        var list = list(null, "actor", "dG9rZW4", text("actor", "", false));

        assertThat(list.address()).isEqualTo("/audit?sort=actor&page_token=dG9rZW4");
        assertThat(list.first()).isEqualTo("/audit?sort=actor");
        assertThat(list.next()).isEqualTo("/audit?sort=actor&page_token=bmV4dA");
    }

    @Test
    void a_heading_orders_by_its_column_and_then_turns_it_round() {
        assertThat(order(list(null, null, null), "time"))
                .extracting("direction", "href")
                .containsExactly("descending", "/audit?sort=time");
        assertThat(order(list(null, "actor", null), "time"))
                .extracting("direction", "href")
                .containsExactly(null, "/audit?sort=-time");
        assertThat(order(list(null, "actor", null), "actor"))
                .extracting("direction", "href")
                .containsExactly("ascending", "/audit?sort=-actor");
        assertThat(order(list(null, "-actor", null), "actor"))
                .extracting("direction", "href")
                .containsExactly("descending", "/audit?sort=actor");
        assertThat(order(list(null, "actor", "dG9rZW4"), "actor").href()).doesNotContain("page_token");
        assertThat(list(null, null, null).order("colour")).isNull();
    }

    @Test
    void whoever_may_see_one_tenant_is_led_to_everything_of_that_one() {
        var list = list("x", null, null, text("tenant", "acme", true), text("actor", "olga", false));

        assertThat(list.everything()).isEqualTo("/audit?tenant=acme");
        assertThat(list.narrowed()).isTrue();
        assertThat(list(null, null, null, text("tenant", "acme", true)).narrowed())
                .isFalse();
    }

    @Test
    void what_is_wrong_leads_to_its_field_or_else_to_the_search() {
        var filters = List.of(text("tenant", "akme", false));
        var typed = Typed.intoForm(null, "colour", "?");
        var wrong = LISTINGS.of(
                typed,
                COLUMNS,
                filters,
                Problem.fields(List.of(
                        new Problem.FieldError("sort", "must be other"),
                        new Problem.FieldError("page_token", "is old"))));
        var nobody = LISTINGS.of(typed, COLUMNS, filters, Problem.notFound("There is no tenant."));

        assertThat(wrong.errors()).extracting("field").containsExactly("sort", "q");
        assertThat(wrong.errors())
                .extracting("message")
                .containsExactly("“sort” must be other.", "“page_token” is old.");
        assertThat(nobody.errors())
                .extracting("field", "message")
                .containsExactly(tuple("tenant", "There is no tenant."));
    }

    private static String found(int rows, Hits hits) {
        var page = new Page<>(List.of("a", "b", "c").subList(0, rows), null);
        return LISTINGS.of(Typed.intoForm(null, null, null), COLUMNS, List.of(), page, hits)
                .found();
    }

    private static Listing list(@Nullable String q, @Nullable String sort, @Nullable String token, Filter... filters) {
        return LISTINGS.of(
                Typed.intoForm(q, sort, token),
                COLUMNS,
                List.of(filters),
                new Page<>(List.of("a"), "bmV4dA"),
                new Hits(2, false));
    }

    private static Order order(Listing list, String column) {
        return Objects.requireNonNull(list.order(column));
    }

    private static Filter text(String name, String value, boolean kept) {
        return Filter.text(name, name, value, kept);
    }
}
