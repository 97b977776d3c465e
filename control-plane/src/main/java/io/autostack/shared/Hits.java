package io.autostack.shared;

import jakarta.persistence.EntityManager;

/// How many rows a search has found.
///
/// @param count all of them, or the most that is counted
/// @param more whether there are more than were counted
public record Hits(long count, boolean more) {

    /// Nobody reads on behind these; counting them all would read the whole table for a number.
    static final int MOST = 1_000;

    /// None, or none that anybody asked about.
    public static final Hits NONE = new Hits(0, false);

    /// @param from the table that the statement reads, beginning with `from`
    public static <T> Hits of(
            Page<?> page, ListRequest<T> request, ListSql<T> sql, String from, EntityManager entities) {
        if (!request.counted()) return NONE;
        if (page.nextToken() == null && request.after().isEmpty())
            return new Hits(page.items().size(), false);
        long counted = sql.count(from, MOST).number(entities);
        return new Hits(Math.min(counted, MOST), counted > MOST);
    }
}
