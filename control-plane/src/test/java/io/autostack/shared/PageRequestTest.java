package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "50, 50", "500, 500", "007, 7", "'', 50", "' ', 50", ", 50"})
    void a_size_from_one_to_five_hundred_is_taken(@Nullable String typed, int size) {
        assertThat(PageRequest.of(typed, null)).isEqualTo(new PageRequest(size, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "000", "501", "999", "1000", "-1", "+1", "1.0", "ten", "1 ", "٥", "99999999999999999999"})
    void any_other_size_is_refused_at_its_field(String typed) {
        assertRefused(typed, null, "page_size");
    }

    @Test
    void a_token_leads_behind_the_row_that_it_was_made_for() {
        var id = UUID.randomUUID();
        var token = PageRequest.token(id.toString());

        assertThat(token).matches("[A-Za-z0-9_-]+");
        assertThat(PageRequest.of("10", token).afterId()).contains(id);
        assertThat(PageRequest.of(null, PageRequest.token("größer | als")).after())
                .isEqualTo("größer | als");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void without_a_token_it_is_the_first_page(String none) {
        assertThat(PageRequest.of(null, none).after()).isNull();
        assertThat(PageRequest.of(null, none).afterId()).isEmpty();
    }

    @Test
    void a_token_of_another_list_or_of_nobody_is_refused_at_its_field() {
        assertRefused(null, "not base64!", "page_token");
        assertThatThrownBy(
                        () -> PageRequest.of(null, PageRequest.token("no id")).afterId())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains("page_token"));
    }

    @Test
    void exactly_as_many_rows_as_were_asked_for_are_the_last_page() {
        assertThat(Page.of(List.of("a", "b"), 2, key -> key)).isEqualTo(new Page<>(List.of("a", "b"), null));
        assertThat(Page.of(List.<String>of(), 2, key -> key)).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void one_row_more_is_cut_off_and_leads_to_the_next_page() {
        var page = Page.of(List.of("a", "b", "c"), 2, key -> key);

        assertThat(page.items()).containsExactly("a", "b");
        assertThat(PageRequest.of(null, page.nextToken()).after()).isEqualTo("b");
        assertThat(page.map(String::length)).isEqualTo(new Page<>(List.of(1, 1), page.nextToken()));
    }

    @Test
    void page_after_page_shows_every_row_once() {
        var rows = IntStream.range(100, 123).mapToObj(String::valueOf).toList();
        var seen = new ArrayList<String>();
        var wanted = PageRequest.of("5", null);
        for (int pages = 0; pages < 5; pages++) {
            var after = wanted.after();
            var left = rows.stream()
                    .filter(row -> after == null || row.compareTo(after) > 0)
                    .limit(wanted.size() + 1)
                    .toList();
            var page = Page.of(left, wanted.size(), row -> row);
            seen.addAll(page.items());
            if (page.nextToken() != null) wanted = PageRequest.of("5", Objects.requireNonNull(page.nextToken()));
        }

        assertThat(seen).isEqualTo(rows);
    }

    private static void assertRefused(@Nullable String size, @Nullable String token, String field) {
        assertThatThrownBy(() -> PageRequest.of(size, token))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().toString()).contains(field));
    }
}
