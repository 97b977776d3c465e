package io.autostack.ui.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/// Renders every page of the gallery. The HTML is left in target/gallery for whoever wants to look at it.
@QuarkusTest
class RenderingTest {

    private static final Path FOLDER = Path.of("target/gallery");
    private static final Path ICONS = Path.of("target/classes/META-INF/resources/ui/icons.svg");
    private static final String LANDMARKS =
            "main, nav, aside, section[aria-label], form[aria-label], body > header, body > footer, [role=region],"
                    + " [role=search], [role=navigation], [role=complementary]";
    private static final String HOSTILE =
            "\"'><b class=hostile onclick=x>{no.such.thing}</b><script>alert(1)</script>&amp;";

    @Test
    void every_page_has_one_heading_one_main_part_and_a_title() throws IOException {
        write("", allPages());
        eachPage(page -> page, (name, document) -> {
            assertThat(document.select("h1")).as(name).hasSize(1);
            assertThat(document.select("main#main")).as(name).hasSize(1);
            assertThat(document.title()).as(name).endsWith(" · AutoStack").hasSizeGreaterThan(13);
            assertThat(document.body().select("a").getFirst().attr("href"))
                    .as(name)
                    .isEqualTo("#main");
        });
    }

    @Test
    void hostile_text_stays_text_on_every_page() throws IOException {
        var hostile = Rewrite.everyText(text -> text.equals("sample-token") ? text : HOSTILE);
        write("hostile-", allPages(hostile::of));
        eachPage(hostile::of, (name, document) -> {
            assertThat(document.select(".hostile")).as(name).isEmpty();
            assertThat(document.select("script")).as(name).hasSize(1);
            assertThat(document.select("[onclick]")).as(name).isEmpty();
            assertThat(document.text()).as(name).contains("<script>alert(1)</script>&amp;");
        });
    }

    @Test
    void very_long_words_are_shown_whole() throws IOException {
        var word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(4);
        var longWinded = Rewrite.everyText(text -> text.startsWith("/") || text.equals("sample-token") ? text : word);
        write("long-", allPages(longWinded::of));
        eachPage(
                longWinded::of,
                (name, document) -> assertThat(document.text()).as(name).contains(word));
    }

    @Test
    void every_page_can_be_shown_with_empty_lists() {
        var empty = new Rewrite(UnaryOperator.identity(), true, false);
        eachPage(
                empty::of,
                (name, document) -> assertThat(document.select("h1")).as(name).hasSize(1));
    }

    @Test
    void every_page_can_be_shown_without_anything_optional() {
        var bare = new Rewrite(UnaryOperator.identity(), false, true);
        eachPage(
                bare::of,
                (name, document) -> assertThat(document.select("h1")).as(name).hasSize(1));
    }

    @Test
    void nothing_on_any_page_breaks_the_content_security_policy() {
        eachPage(page -> page, (name, document) -> {
            assertThat(document.select("[style], style")).as(name).isEmpty();
            assertThat(document.select("script")).as(name).hasSize(1);
            assertThat(document.select("script").attr("src")).as(name).matches("/ui/app\\.js\\?v=[0-9a-f]{12}");
            assertThat(document.select("script[defer], script[async], script[type]"))
                    .as(name)
                    .isEmpty();
            assertThat(document.select("link, img, iframe, source, video").eachAttr("href"))
                    .as(name)
                    .allMatch(href -> href.startsWith("/ui/"));
        });
    }

    @Test
    void every_id_is_unique_and_every_reference_finds_its_target() {
        eachPage(page -> page, (name, document) -> {
            assertThat(document.select("[id]").eachAttr("id")).as(name).doesNotHaveDuplicates();
            for (var label : document.select("label[for]")) exists(name, document, label.attr("for"));
            for (var field : document.select("[aria-describedby]")) {
                for (var id : field.attr("aria-describedby").split(" ", -1)) exists(name, document, id);
            }
        });
    }

    @Test
    void every_icon_is_in_the_one_file_that_a_browser_keeps() throws IOException {
        var sprite = Jsoup.parse(Files.readString(ICONS), "", Parser.xmlParser());
        eachPage(page -> page, (name, document) -> {
            assertThat(document.select("symbol")).as(name).isEmpty();
            for (var icon : document.select("use")) {
                assertThat(icon.attr("href")).as(name).matches("/ui/icons\\.svg\\?v=[0-9a-f]{12}#i-[a-z]+");
                exists(name, sprite, icon.attr("href").split("#", -1)[1]);
            }
        });
    }

    /// Who goes from landmark to landmark hears a name, and nothing else.
    @Test
    void no_page_has_two_landmarks_with_one_name() {
        eachPage(
                page -> page,
                (name, document) -> assertThat(document.select(LANDMARKS))
                        .as(name)
                        .extracting(landmark ->
                                landmark.hasAttr("aria-label") ? landmark.attr("aria-label") : landmark.tagName())
                        .doesNotHaveDuplicates()
                        .doesNotContain("", "section", "div"));
    }

    @Test
    void an_error_summary_leads_to_the_fields() {
        eachPage(page -> page, (name, document) -> {
            if (name.equals("gallery")) return;
            for (var link : document.select("[data-error-summary] a")) {
                exists(name, document, link.attr("href").substring(1));
            }
        });
    }

    @Test
    void every_input_has_a_label() {
        eachPage(page -> page, (name, document) -> {
            for (var input : document.select("input:not([type=hidden]), select, textarea")) {
                var labelled = input.closest("label") != null
                        || !document.select("label[for=" + quoted(input.id()) + "]")
                                .isEmpty();
                assertThat(labelled).as("%s: %s", name, input).isTrue();
            }
        });
    }

    @Test
    void every_empty_state_offers_exactly_one_action() {
        eachPage(page -> page, (name, document) -> {
            if (name.equals("billing-empty")) return; // the export form above it is the action
            assertThat(document.select(".empty"))
                    .as(name)
                    .allMatch(empty -> empty.select("a, button").size() == 1);
        });
    }

    @Test
    void every_table_names_its_columns_and_scrolls_in_its_own_box() {
        eachPage(page -> page, (name, document) -> {
            assertThat(document.select("th:not([scope])")).as(name).isEmpty();
            assertThat(document.select("table")).as(name).allMatch(table -> {
                var box = table.parent();
                return box != null && box.is(".table-box[tabindex=0][aria-label]");
            });
        });
    }

    @Test
    void a_simulated_deployment_says_so_beside_its_name() {
        var page = Jsoup.parse(Gallery.page("deployment").orElseThrow().render());

        assertThat(page.select(".title-line .simulated").text()).isEqualTo("simulated");
    }

    @Test
    void each_amount_beside_an_operation_or_an_app_says_what_it_is() {
        assertThat(text("operation-done"))
                .contains(
                        "What it really built here would cost $51.32 a month at AWS list prices, $0.000131 until it ended");
        assertThat(text("operation-running")).contains("so far. What is simulated is not counted");
        assertThat(text("deployment"))
                .contains("Price of its plan $18.25 – $31.90 a month, estimated at AWS list prices for everything");
        assertThat(text("plan")).contains("a month, estimated at AWS list prices for everything above; not a bill");
    }

    @Test
    void a_tenant_without_an_address_says_why_and_promises_none() {
        var page = Jsoup.parse(Gallery.page("tenants").orElseThrow().render());

        assertThat(page.select("tr:has(td .badge:matchesOwn(^(provisioning|failed|closed)$)) td:last-child")
                        .eachText())
                .containsExactly(
                        "none before it is set up", "none, because setting it up failed", "none, because it is closed");
        assertThat(text("tenant-new"))
                .contains("Address: none before it is set up")
                .doesNotContain("No apps yet");
        assertThat(text("tenant-closed"))
                .contains(
                        "by alice. Whoever visits its address is told so.",
                        "can reopen it with everything it had until");
        assertThat(text("tenant-overdue"))
                .contains("That time is over, and it is being deleted for good.")
                .doesNotContain("can reopen it");
    }

    @Test
    void no_blank_stands_between_a_moment_and_its_full_stop() {
        eachPage(
                page -> page,
                (name, document) -> assertThat(document.text()).as(name).doesNotContainPattern("UTC [.,;)]"));
    }

    @Test
    void a_limit_with_nothing_left_shows_zero_and_not_a_dash() {
        var page = Jsoup.parse(Gallery.page("usage").orElseThrow().render());

        assertThat(page.select("tr:has(th:containsOwn(Apps)) td").eachText())
                .containsExactly("apps", "1", "1", "0", "–");
    }

    private static String text(String page) {
        return Jsoup.parse(Gallery.page(page).orElseThrow().render()).text();
    }

    private static void exists(String page, Document document, String id) {
        var found = document.getElementById(id);
        assertThat(found).as("%s: #%s", page, id).isNotNull();
    }

    private static String quoted(String id) {
        return "\"" + id + "\"";
    }

    private static void eachPage(UnaryOperator<TemplateInstance> change, Check check) {
        allPages(change).forEach((name, html) -> check.check(name, Jsoup.parse(html)));
    }

    private interface Check {
        void check(String name, Document document);
    }

    private static Map<String, String> allPages() {
        return allPages(page -> page);
    }

    private static Map<String, String> allPages(UnaryOperator<TemplateInstance> change) {
        var html = new LinkedHashMap<String, String>();
        html.put("gallery", change.apply(Gallery.overview()).render());
        Gallery.pages()
                .forEach((name, page) -> html.put(name, change.apply(page).render()));
        return html;
    }

    private static void write(String prefix, Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        for (var page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(prefix + page.getKey() + ".html"), page.getValue());
        }
    }
}
