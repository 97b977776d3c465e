package io.autostack.ui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:30:00Z");

    @Test
    void running_work_is_followed_until_the_event_done() {
        var box = progress(State.RUNNING, false).select("section.progress");

        assertThat(box.attr("hx-sse:connect")).isEqualTo("/operations/op-1/events");
        assertThat(box.attr("hx-sse:close")).isEqualTo("done");
    }

    @Test
    void an_error_from_the_stream_leaves_the_steps_where_they_are() {
        var box = progress(State.RUNNING, false).select("section.progress");

        assertThat(box.attr("hx-status:4xx")).isEqualTo("swap:none");
    }

    @Test
    void finished_work_opens_no_stream() {
        assertThat(progress(State.DONE, true).html()).doesNotContain("hx-sse", "data-reload-when-done");
    }

    @Test
    void a_page_that_shows_more_than_the_steps_is_fetched_again_at_the_end() {
        assertThat(progress(State.RUNNING, true).select("[data-reload-when-done]"))
                .hasSize(1);
    }

    @Test
    void without_javascript_the_steps_are_there_and_can_be_refreshed() {
        var part = progress(State.RUNNING, false);

        assertThat(part.select("li.step")).hasSize(1);
        assertThat(part.select(".without-script a").text()).isEqualTo("Refresh");
    }

    @Test
    void work_that_failed_for_good_can_be_tried_again() {
        var form = progress(State.FAILED, false).select("form[method=post]");

        assertThat(form.attr("action")).isEqualTo("/operations/op-1/retry");
    }

    @Test
    void a_message_of_the_stream_holds_no_stream_of_its_own() {
        var html = new Steps(operation(State.RUNNING)).render();

        assertThat(html).contains("Create the database").doesNotContain("hx-sse");
    }

    private static Document progress(State state, boolean embedded) {
        return Jsoup.parse(new Progress(operation(state), embedded).render());
    }

    private static Operation operation(State state) {
        var step = new Step("Create the database", state, 1, NOW, null, List.of(), null, null, false);
        return new Operation(
                "op-1",
                "Onboard Acme",
                state,
                false,
                NOW,
                null,
                List.of(step),
                null,
                new Operation.Recovery(state == State.FAILED, false, false),
                null);
    }
}
