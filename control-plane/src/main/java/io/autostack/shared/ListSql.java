package io.autostack.shared;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/// The statement that reads a page of a list. It is put together from pieces of the program's own; whatever somebody
/// typed is a parameter.
///
/// Words are looked for with `strpos`, in which no character means anything but itself. An index over pieces of words
/// would not be used: row-level security comes before every function that could tell about rows it hides.
public final class ListSql<T> {

    private static final String TYPED = "?";

    private final ListRequest<T> request;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /// @param searched an expression with all in which words are looked for, in small letters
    public ListSql(ListRequest<T> request, String searched) {
        this.request = request;
        for (var word : request.words()) where("strpos(" + searched + ", ?) > 0", word);
    }

    /// @param condition with one `?`
    /// @param value null for any
    public ListSql<T> where(String condition, @Nullable Object value) {
        if (value == null) return this;
        conditions.add(condition);
        values.add(value);
        return this;
    }

    /// A statement with its parameters in their order.
    public record Statement(String sql, List<Object> values) {

        /// Rows as entities.
        public <R> List<R> list(EntityManager entities, Class<R> type) {
            return bound(entities.unwrap(Session.class).createNativeQuery(sql, type))
                    .getResultList();
        }

        /// Rows as they are, for tables that belong to somebody else.
        ///
        /// @param columns with the types as which they are read
        public <R> List<R> list(EntityManager entities, Map<String, Class<?>> columns, Function<Tuple, R> row) {
            var query = entities.unwrap(Session.class).createNativeQuery(sql, Tuple.class);
            columns.forEach(query::addScalar);
            return bound(query).getResultStream().map(row).toList();
        }

        long number(EntityManager entities) {
            return bound(entities.unwrap(Session.class).createNativeQuery(sql, Long.class))
                    .getSingleResult();
        }

        private <R> NativeQuery<R> bound(NativeQuery<R> query) {
            for (int i = 0; i < values.size(); i++) query.setParameter(i + 1, values.get(i));
            return query;
        }
    }

    /// One row more than the page has, so that it is known whether there are more.
    ///
    /// @param select everything before `where`
    public Statement rows(String select) {
        var where = new ArrayList<>(conditions);
        var all = new ArrayList<>(values);
        var keys = request.order().column().keys();
        if (!request.after().isEmpty()) {
            where.add("(%s) %s (%s)"
                    .formatted(
                            keys.stream().map(ListColumns.Key::sql).collect(Collectors.joining(", ")),
                            request.order().descending() ? "<" : ">",
                            keys.stream().map(key -> key.kind().parameter()).collect(Collectors.joining(", "))));
            all.addAll(request.after());
        }
        var direction = request.order().descending() ? " desc" : "";
        return numbered(
                select + where(where)
                        + keys.stream()
                                .map(key -> key.sql() + direction)
                                .collect(Collectors.joining(", ", " order by ", ""))
                        + " limit " + (request.size() + 1),
                all);
    }

    /// How many rows there are on all pages, counted no further than one more than the most that anybody wants to
    /// know.
    Statement count(String from, int max) {
        return numbered(
                "select count(*) from (select 1 " + from + where(conditions) + " limit " + (max + 1) + ") found",
                values);
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static Statement numbered(String sql, List<Object> values) {
        var numbered = new StringBuilder();
        int from = 0;
        for (int number = 1; number <= values.size(); number++) {
            int next = sql.indexOf(TYPED, from);
            if (next < 0) throw new IllegalArgumentException("fewer places than values: " + sql);
            numbered.append(sql, from, next).append(TYPED).append(number);
            from = next + 1;
        }
        if (sql.indexOf(TYPED, from) >= 0) throw new IllegalArgumentException("more places than values: " + sql);
        return new Statement(numbered.append(sql.substring(from)).toString(), List.copyOf(values));
    }
}
