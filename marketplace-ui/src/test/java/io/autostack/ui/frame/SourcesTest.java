package io.autostack.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What must not be written into a template or a style sheet, and why.
class SourcesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Path STYLES = Path.of("src/main/assets/css");

    private static final Map<String, Pattern> BANNED_IN_TEMPLATES = banned();

    private static Map<String, Pattern> banned() {
        var banned = new LinkedHashMap<String, Pattern>();
        banned.put("needs eval", Pattern.compile("hx-on\\b|\\bjs:|hx-trigger=\"[^\"]*\\["));
        banned.put(
                "was dropped by htmx 4",
                Pattern.compile(
                        "hx-ext|sse-connect=|sse-swap|sse-close|hx-vars|hx-params|hx-disabled-elt|hx-request="));
        banned.put("is inline style", Pattern.compile("<style|\\sstyle\\s*=", Pattern.CASE_INSENSITIVE));
        banned.put("is inline script", Pattern.compile("<script(?! src=\")|\\son[a-z]+\\s*=\\s*\"|javascript:"));
        banned.put("loads from outside", Pattern.compile("(src|href|action|url\\()[=\"'(]*(https?:)?//"));
        banned.put("does not escape", Pattern.compile("\\.raw\\b|\\.safe\\b"));
        banned.put("loads the script too early or too late", Pattern.compile("<script[^>]*\\s(defer|async|type)\\b"));
        return banned;
    }

    @Test
    void templates_contain_nothing_that_breaks_the_policy_or_htmx_4() throws IOException {
        var found = new ArrayList<String>();
        for (var file : files(TEMPLATES)) {
            var text = Files.readString(file);
            BANNED_IN_TEMPLATES.forEach((why, pattern) ->
                    pattern.matcher(text).results().forEach(hit -> found.add(file + ": “" + hit.group() + "” " + why)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_lint_itself_sees_what_it_is_for() {
        var bad = List.of(
                "<a hx-on:click=\"x\">",
                "<a hx-trigger=\"click[ctrlKey]\">",
                "<div hx-ext=\"sse\" sse-connect=\"/x\">",
                "<p style=\"width: 5%\">",
                "<script>x()</script>",
                "<a onclick=\"x()\">",
                "<link href=\"https://cdn.example/x.css\">",
                "{name.raw}",
                "<script src=\"/ui/app.js\" defer></script>");
        assertThat(bad)
                .allMatch(line -> BANNED_IN_TEMPLATES.values().stream()
                        .anyMatch(pattern -> pattern.matcher(line).find()));
    }

    @Test
    void style_sheets_load_nothing_and_every_rule_is_in_a_layer() throws IOException {
        for (var file : files(STYLES)) {
            var text = Files.readString(file);
            assertThat(text).as(file.toString()).doesNotContain("@import", "url(", "http:", "https:");
            assertThat(text).as(file.toString()).contains("@layer");
        }
    }

    /// Where every letter may begin a new line, a column shrinks to a letter.
    @Test
    void words_in_tables_stay_whole() throws IOException {
        assertThat(Files.readString(STYLES.resolve("42-tables.css")))
                .contains("overflow-wrap: break-word")
                .doesNotContain("overflow-wrap: anywhere");
    }

    @Test
    void template_names_are_unique_without_their_folder() throws IOException {
        assertThat(files(TEMPLATES))
                .extracting(file -> file.getFileName().toString())
                .doesNotHaveDuplicates();
    }

    @Test
    void the_served_script_is_htmx_then_its_extension_then_ours() throws IOException {
        var script = resource("app.js");

        var core = script.indexOf(vendored("htmx.min.js"));
        var extension = script.indexOf(vendored("hx-sse.min.js"));
        var ours = script.indexOf(Files.readString(Path.of("src/main/assets/js/autostack.js")));
        assertThat(List.of(0, core, extension, ours)).isSorted().doesNotContain(-1);
    }

    @Test
    void addresses_of_assets_change_with_their_content() {
        assertThat(Assets.STYLES).matches("/ui/app\\.css\\?v=[0-9a-f]{12}");
        assertThat(Assets.SCRIPT).matches("/ui/app\\.js\\?v=[0-9a-f]{12}");
        assertThat(Assets.ICONS).matches("/ui/icons\\.svg\\?v=[0-9a-f]{12}");
    }

    private static String vendored(String file) throws IOException {
        return Files.readString(Path.of("src/main/vendor/htmx-4.0.1", file)).strip();
    }

    private static String resource(String name) throws IOException {
        return Files.readString(Path.of("target/classes/META-INF/resources/ui", name));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
