package io.autostack.ui.lists;

import org.jspecify.annotations.Nullable;

/// A column by which a list can be ordered.
///
/// @param direction `ascending` or `descending` when the list is ordered by it, as `aria-sort` says it
/// @param href address of the list ordered by it, or turned round when it is already
/// @param up its beginning first, as an option of the form
/// @param down its end first
public record Order(String column, @Nullable String direction, String href, Filter.Option up, Filter.Option down) {

    public boolean isUp() {
        return "ascending".equals(direction);
    }

    public boolean isDown() {
        return "descending".equals(direction);
    }
}
