package io.autostack.shared;

import io.autostack.shared.ListColumns.Order;
import io.autostack.shared.Problem.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a list is asked for: words to find, an order, and a page of what that comes to.
///
/// @param words in small letters; every one of them has to occur
/// @param size 1 to `Page.MAX`
/// @param after what the order compares of the last row of the page before; empty for the first page
/// @param counted whether it is to be known how many rows there are on all pages
public record ListRequest<T>(List<String> words, Order<T> order, int size, List<Object> after, boolean counted) {

    /// Characters that a search may have.
    public static final int MAX_SEARCH_LENGTH = 100;

    private static final String BETWEEN = "\n";

    /// What every list takes, as it was typed; null for what was not.
    ///
    /// @param counted whether it is to be known how many rows there are on all pages
    public record Typed(
            @Nullable String q,
            @Nullable String sort,
            @Nullable String pageSize,
            @Nullable String pageToken,
            boolean counted) {

        /// By a program, which reads on to the end.
        public static Typed byProgram(
                @Nullable String q, @Nullable String sort, @Nullable String pageSize, @Nullable String pageToken) {
            return new Typed(q, sort, pageSize, pageToken, false);
        }

        /// Into the form of a page.
        public static Typed intoForm(@Nullable String q, @Nullable String sort, @Nullable String pageToken) {
            return new Typed(q, sort, null, pageToken, true);
        }
    }

    /// Reads what a caller sent.
    ///
    /// @param errors takes what is wrong with it; the request is of use only if it stays empty
    public static <T> ListRequest<T> of(Typed typed, ListColumns<T> columns, Collection<FieldError> errors) {
        var order = order(typed.sort(), columns, errors);
        return new ListRequest<>(
                words(typed.q(), errors),
                order,
                size(typed, errors),
                after(typed.pageToken(), order, errors),
                typed.counted());
    }

    /// One of a few words to narrow a list to.
    ///
    /// @return null when nothing was typed, or something else
    public static @Nullable String choice(
            String field, @Nullable String typed, Collection<String> choices, Collection<FieldError> errors) {
        if (typed == null || typed.isBlank()) return null;
        if (choices.contains(typed.strip())) return typed.strip();
        errors.add(new FieldError(field, "must be one of " + String.join(", ", choices)));
        return null;
    }

    /// Cuts the page out of one row more than was asked for.
    public Page<T> page(List<T> oneMore) {
        return Page.of(oneMore, size, this::place);
    }

    private String place(T row) {
        return order.word()
                + BETWEEN
                + order.column().keys().reversed().stream()
                        .map(key -> key.value().apply(row).toString())
                        .collect(Collectors.joining(BETWEEN));
    }

    private static List<String> words(@Nullable String q, Collection<FieldError> errors) {
        if (q == null || q.isBlank()) return List.of();
        if (q.length() > MAX_SEARCH_LENGTH) {
            errors.add(new FieldError("q", "must have at most " + MAX_SEARCH_LENGTH + " characters"));
            return List.of();
        }
        var words = Arrays.stream(q.split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        words.stream()
                .flatMap(word -> VisibleText.problem(word).stream())
                .findFirst()
                .ifPresent(problem -> errors.add(new FieldError("q", problem)));
        return words;
    }

    private static <T> Order<T> order(@Nullable String sort, ListColumns<T> columns, Collection<FieldError> errors) {
        if (sort == null || sort.isBlank()) return columns.initialOrder();
        return columns.order(sort.strip()).orElseGet(() -> {
            errors.add(new FieldError(
                    "sort",
                    "must be one of "
                            + columns.columns().stream()
                                    .map(ListColumns.Column::name)
                                    .collect(Collectors.joining(", "))
                            + ", with - in front for the other direction"));
            return columns.initialOrder();
        });
    }

    private static int size(Typed typed, Collection<FieldError> errors) {
        try {
            return PageRequest.of(typed.pageSize(), null).size();
        } catch (ProblemException e) {
            errors.addAll(e.problem().errors());
            return Page.DEFAULT_SIZE;
        }
    }

    private static List<Object> after(@Nullable String pageToken, Order<?> order, Collection<FieldError> errors) {
        try {
            var written = PageRequest.of(null, pageToken).after();
            return written == null ? List.of() : place(written, order);
        } catch (ProblemException e) {
            errors.addAll(e.problem().errors());
            return List.of();
        }
    }

    /// The text that a place may begin with comes last in the token, since it may hold anything.
    private static List<Object> place(String written, Order<?> order) {
        var keys = order.column().keys();
        var parts = written.split(BETWEEN, keys.size() + 1);
        if (!parts[0].equals(order.word()))
            throw Problem.field("page_token", "belongs to another order of this list; start again without it")
                    .exception();
        var place = new ArrayList<Object>();
        for (int i = keys.size(); i > 0 && parts.length == keys.size() + 1; i--)
            keys.get(keys.size() - i).kind().read(parts[i]).ifPresent(place::add);
        if (place.size() != keys.size()) throw PageRequest.badToken();
        return place;
    }
}
