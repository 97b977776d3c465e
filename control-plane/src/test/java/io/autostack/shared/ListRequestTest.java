package io.autostack.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.autostack.shared.ListColumns.Column;
import io.autostack.shared.ListColumns.Key;
import io.autostack.shared.ListColumns.Kind;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Problem.FieldError;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {

    record Row(String name, BigDecimal took, Instant at, UUID id) {}

    private static final Key<Row> AT = new Key<>("r.at", Kind.MOMENT, Row::at);
    private static final Key<Row> ID = new Key<>("r.id", Kind.ID, Row::id);

    static final ListColumns<Row> COLUMNS = ListColumns.of(
            "-at",
            Column.of("name", new Key<>("lower(r.name)", Kind.TEXT_IN_SMALL_LETTERS, Row::name), AT, ID),
            Column.latestFirst("took", new Key<>("r.took", Kind.NUMBER, Row::took), AT, ID),
            Column.latestFirst("at", AT, ID));

    private static final Row ROW = new Row(
            "Bäckerei\nKönig",
            new BigDecimal("12.000345"),
            Instant.parse("2026-11-20T09:30:00.123456Z"),
            UUID.fromString("0199c0de-0000-7000-8000-000000000001"));

    @Test
    void nothing_typed_is_the_first_page_in_the_lists_own_order() {
        var request = read(null, null, null, null);

        assertThat(request.order().word()).isEqualTo("-at");
        assertThat(request.words()).isEmpty();
        assertThat(request.size()).isEqualTo(Page.DEFAULT_SIZE);
        assertThat(request.after()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'  \t ', ''",
        "Acme, acme",
        "'  Acme   bakery ', acme|bakery",
        "'a\tb\nc', a|b|c",
        "'acme ACME', acme",
        "'100%_\\', '100%_\\'",
        "' '' or 1=1 --', '''|or|1=1|--'",
        "BÄCKEREI, bäckerei"
    })
    void words_are_looked_for_in_small_letters_and_mean_only_themselves(String typed, String words) {
        assertThat(String.join("|", read(typed, null, null, null).words())).isEqualTo(words);
    }

    @Test
    void what_nobody_sees_is_refused_at_the_search() {
        for (var typed : List.of("a\0b", "\u0007", "zero\u200Bwidth", "right\u202Eleft", "\uD800"))
            refused("q", typed, null, null, null);
    }

    @Test
    void a_search_may_have_a_hundred_characters() {
        assertThat(read("x".repeat(100), null, null, null).words()).containsExactly("x".repeat(100));
        refused("q", "x".repeat(101), null, null, null);
        refused("q", "x ".repeat(500_000), null, null, null);
    }

    @ParameterizedTest
    @CsvSource({"name, name, false", "-name, name, true", "' -took ', took, true", "at, at, false"})
    void an_order_is_a_column_with_or_without_a_sign(String typed, String column, boolean descending) {
        var order = read(null, typed, null, null).order();

        assertThat(order.column().name()).isEqualTo(column);
        assertThat(order.descending()).isEqualTo(descending);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "--name", "+name", "Name", "id", "name desc", "name,at", "r.name", "1", "(select 1)"})
    void another_order_is_refused_and_told_which_there_are(String typed) {
        assertThat(refused("sort", null, typed, null, null)).contains("name, took, at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-name", "took", "-took", "at", "-at"})
    void a_token_leads_behind_the_row_that_it_was_made_for_under_every_order(String sort) {
        var request = read(null, sort, "1", null);
        var token = Objects.requireNonNull(request.page(List.of(ROW, ROW)).nextToken());

        var next = read(null, sort, "1", token);

        assertThat(next.after())
                .isEqualTo(request.order().column().keys().stream()
                        .map(key -> key.value().apply(ROW))
                        .toList());
    }

    @Test
    void the_last_page_names_no_next_one() {
        assertThat(read(null, null, "2", null).page(List.of(ROW, ROW)).nextToken())
                .isNull();
    }

    @Test
    void a_token_of_another_order_is_refused() {
        var token = read(null, "name", "1", null).page(List.of(ROW, ROW)).nextToken();

        for (var other : List.of("-name", "took", "at", "-at"))
            assertThat(refused("page_token", null, other, null, token)).contains("another order");
        assertThat(refused("page_token", null, null, null, token)).contains("another order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-at",
                "-at\n",
                "-at\nnot-an-id\n2026-11-20T09:30:00Z",
                "-at\n0199c0de-0000-7000-8000-000000000001",
                "-at\n0199c0de-0000-7000-8000-000000000001\n",
                "-at\n0199c0de-0000-7000-8000-000000000001\nyesterday",
                "-at\n0199c0de-0000-7000-8000-000000000001\n+999999999-01-01T00:00:00Z",
                "-at\n0199c0de-0000-7000-8000-000000000001\n-0044-03-15T00:00:00Z",
                "-at\n1-1-1-1-1\n2026-11-20T09:30:00Z",
                "-at\n0199c0de-0000-7000-8000-000000000001\n2026-11-20T09:30:00Z\nmore",
                "0199c0de-0000-7000-8000-000000000001"
            })
    void a_token_that_this_list_cannot_have_made_is_refused(String forged) {
        refused("page_token", null, null, null, PageRequest.token(forged));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "1e9", "Infinity", "", "0x10", "1,5", "99999999999999999999999"})
    void a_forged_number_is_refused(String forged) {
        refused(
                "page_token",
                null,
                "took",
                null,
                PageRequest.token("took\n0199c0de-0000-7000-8000-000000000001\n2026-11-20T09:30:00Z\n" + forged));
    }

    @Test
    void a_forged_text_without_a_place_in_the_database_is_refused() {
        refused(
                "page_token",
                null,
                "name",
                null,
                PageRequest.token("name\n0199c0de-0000-7000-8000-000000000001\n2026-11-20T09:30:00Z\na\0b"));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var errors = new ArrayList<FieldError>();
        ListRequest.of(Typed.byProgram("\0", "colour", "0", "?"), COLUMNS, errors);

        assertThat(errors)
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("q", "sort", "page_size", "page_token");
    }

    @Test
    void a_choice_is_one_of_the_words_or_any() {
        var errors = new ArrayList<FieldError>();
        var words = List.of("active", "closed");

        assertThat(ListRequest.choice("status", null, words, errors)).isNull();
        assertThat(ListRequest.choice("status", " ", words, errors)).isNull();
        assertThat(ListRequest.choice("status", " active ", words, errors)).isEqualTo("active");
        assertThat(errors).isEmpty();
        assertThat(ListRequest.choice("status", "Active", words, errors)).isNull();
        assertThat(errors).containsExactly(new FieldError("status", "must be one of active, closed"));
    }

    static ListRequest<Row> read(
            @Nullable String q, @Nullable String sort, @Nullable String size, @Nullable String token) {
        var errors = new ArrayList<FieldError>();
        var request = ListRequest.of(Typed.byProgram(q, sort, size, token), COLUMNS, errors);
        assertThat(errors).isEmpty();
        return request;
    }

    private static String refused(
            String field, @Nullable String q, @Nullable String sort, @Nullable String size, @Nullable String token) {
        var errors = new ArrayList<FieldError>();
        ListRequest.of(Typed.byProgram(q, sort, size, token), COLUMNS, errors);
        assertThat(errors).extracting(FieldError::field).containsOnly(field).isNotEmpty();
        return errors.getFirst().message();
    }
}
