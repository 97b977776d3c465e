package io.autostack.ui.lists;

import io.autostack.ui.parts.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands around the rows of a long list: the form that searches, narrows and orders it, how much was found, and
/// the way to the other pages.
///
/// @param path where the form leads
/// @param things what the rows are, as in “tenants”
/// @param hint what is looked through for the words that were typed
/// @param address of the list as it is shown, to share
/// @param found how much there is, in words
/// @param everything address of the list without any search or filter
/// @param first address of the first page; null on the first page
/// @param next address of the following page; null on the last page
public record Listing(
        String path,
        String things,
        String hint,
        String q,
        List<Filter> filters,
        List<Order> orders,
        List<FieldError> errors,
        String address,
        String found,
        boolean narrowed,
        String everything,
        @Nullable String first,
        @Nullable String next) {

    /// The order by a column, for its heading; null when the list cannot be ordered by it.
    public @Nullable Order order(String column) {
        return orders.stream()
                .filter(order -> order.column().equals(column))
                .findFirst()
                .orElse(null);
    }
}
