package io.autostack.web;

import io.autostack.shared.Hits;
import io.autostack.shared.ListColumns;
import io.autostack.shared.ListColumns.Column;
import io.autostack.shared.ListRequest.Typed;
import io.autostack.shared.Page;
import io.autostack.shared.Problem;
import io.autostack.shared.ProblemException;
import io.autostack.shared.ProblemType;
import io.autostack.ui.lists.Filter;
import io.autostack.ui.lists.Listing;
import io.autostack.ui.lists.Order;
import io.autostack.ui.parts.FieldError;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a list's page shows around its rows. Whatever narrows and orders the list stands in each of its addresses.
///
/// @param path where the list is
/// @param thing what its rows are, in the singular, as in “tenant”
/// @param things the same in the plural
/// @param hint what is looked through for words
/// @param directions by column: what its beginning first and its end first are called
public record Listings(String path, String thing, String things, String hint, Map<String, Directions> directions) {

    private static final String WORDS = "q";
    private static final String ORDER = "sort";
    private static final String PAGE = "page_token";
    private static final String WHOSE = "tenant";

    /// What the two directions of a column are called.
    public record Directions(String up, String down) {}

    /// Answers with the list, or with the form that says what of it is not known.
    public static Response answer(Supplier<String> found, Function<Problem, String> refused) {
        try {
            return Response.ok(found.get()).build();
        } catch (ProblemException e) {
            var problem = e.problem();
            if (problem.type() != ProblemType.INVALID_INPUT && problem.type() != ProblemType.NOT_FOUND) throw e;
            return Response.status(problem.type().status())
                    .entity(refused.apply(problem))
                    .build();
        }
    }

    /// The list with what was found.
    public Listing of(Typed typed, ListColumns<?> columns, List<Filter> filters, Page<?> page, Hits hits) {
        var state = state(typed, columns, filters);
        return listing(
                typed, columns, filters, List.of(), page.items().isEmpty() ? "" : found(page, hits), next(state, page));
    }

    /// The list that was asked for something that it does not know.
    public Listing of(Typed typed, ListColumns<?> columns, List<Filter> filters, Problem refused) {
        var fields = Stream.concat(Stream.of(WORDS, ORDER), filters.stream().map(Filter::name))
                .collect(Collectors.toSet());
        var errors = refused.type() == ProblemType.NOT_FOUND
                ? List.of(new FieldError(WHOSE, refused.detail()))
                : refused.errors().stream().map(error -> error(error, fields)).toList();
        return listing(typed, columns, filters, errors, "", null);
    }

    private Listing listing(
            Typed typed,
            ListColumns<?> columns,
            List<Filter> filters,
            List<FieldError> errors,
            String found,
            @Nullable String next) {
        var state = state(typed, columns, filters);
        var searched = new LinkedHashMap<>(state);
        searched.remove(ORDER);
        var kept = new LinkedHashMap<String, String>();
        for (var filter : filters)
            if (filter.kept() && !filter.value().isBlank())
                kept.put(filter.name(), filter.value().strip());
        var isBehindFirst = !blank(typed.pageToken()).isEmpty();
        return new Listing(
                path,
                things,
                hint,
                blank(typed.q()),
                filters,
                columns.columns().stream()
                        .map(column -> order(column, current(typed, columns), state))
                        .toList(),
                errors,
                isBehindFirst ? with(state, PAGE, blank(typed.pageToken())) : address(state),
                found,
                !searched.equals(kept) || isBehindFirst,
                address(kept),
                isBehindFirst ? address(state) : null,
                next);
    }

    private Order order(Column<?> column, String current, Map<String, String> state) {
        var up = column.name();
        var down = "-" + up;
        var direction = current.equals(up) ? "ascending" : current.equals(down) ? "descending" : null;
        var isDownNext = direction == null ? column.latestFirst() : current.equals(up);
        var names = directions.getOrDefault(up, new Directions(up, down));
        return new Order(
                up,
                direction,
                with(state, ORDER, isDownNext ? down : up),
                new Filter.Option(up, names.up()),
                new Filter.Option(down, names.down()));
    }

    private static String current(Typed typed, ListColumns<?> columns) {
        var sort = blank(typed.sort());
        return sort.isEmpty() ? columns.initial() : sort;
    }

    /// All that was typed, except for the page and for what is so anyway.
    private static Map<String, String> state(Typed typed, ListColumns<?> columns, List<Filter> filters) {
        var state = new LinkedHashMap<String, String>();
        state.put(WORDS, blank(typed.q()));
        for (var filter : filters) state.put(filter.name(), filter.value().strip());
        state.put(ORDER, current(typed, columns).equals(columns.initial()) ? "" : current(typed, columns));
        state.values().removeIf(String::isEmpty);
        return state;
    }

    private @Nullable String next(Map<String, String> state, Page<?> page) {
        return page.nextToken() == null ? null : with(state, PAGE, page.nextToken());
    }

    private String with(Map<String, String> state, String name, String value) {
        var more = new LinkedHashMap<>(state);
        more.put(name, value);
        return address(more);
    }

    private String address(Map<String, String> state) {
        return state.isEmpty()
                ? path
                : state.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    private String found(Page<?> page, Hits hits) {
        var all = (hits.more() ? "More than " : "")
                + String.format(Locale.ROOT, "%,d", hits.count()) + " "
                + (hits.count() == 1 && !hits.more() ? thing : things);
        return hits.more() || hits.count() > page.items().size()
                ? all + ", " + page.items().size() + " on this page"
                : all;
    }

    /// What belongs to no field, such as the page, is said at the search: there one begins again.
    private static FieldError error(Problem.FieldError error, Set<String> fields) {
        return new FieldError(
                fields.contains(error.field()) ? error.field() : WORDS,
                "“" + error.field() + "” " + error.message() + ".");
    }

    private static String blank(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
