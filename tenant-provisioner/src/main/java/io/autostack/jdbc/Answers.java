package io.autostack.jdbc;

import java.util.IdentityHashMap;
import java.util.Map;

/// What a database answered to queries that were asked together.
public final class Answers {

    private final Map<Query<?>, Object> answers = new IdentityHashMap<>();

    Answers() {}

    void add(Query<?> query, Object answer) {
        answers.put(query, answer);
    }

    /// @throws IllegalArgumentException the query was not among them
    @SuppressWarnings("unchecked") // its own reading made the answer
    public <T> T to(Query<T> query) {
        var answer = answers.get(query);
        if (answer == null) throw new IllegalArgumentException("this was not asked");
        return (T) answer;
    }
}
