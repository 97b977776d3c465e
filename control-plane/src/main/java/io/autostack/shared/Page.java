package io.autostack.shared;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list, and the key behind which the next one begins.
///
/// @param nextToken null when this is the last page
public record Page<T>(List<T> items, @Nullable String nextToken) {

    /// Rows a caller gets when it does not say (AIP-158).
    public static final int DEFAULT_SIZE = 50;

    /// Rows a caller gets at the most, whatever it says.
    public static final int MAX = 500;

    /// Cuts the page out of one row more than was asked for.
    public static <T> Page<T> of(List<T> oneMore, int size, Function<T, String> key) {
        if (oneMore.size() <= size) return new Page<>(List.copyOf(oneMore), null);
        var items = List.copyOf(oneMore.subList(0, size));
        return new Page<>(items, PageRequest.token(key.apply(items.getLast())));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), nextToken);
    }
}
