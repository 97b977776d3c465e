package io.autostack.ui.marketplace;

import java.util.List;

/// What was searched for; the categories are those of the whole catalogue.
public record Search(String q, String category, List<Category> categories) {

    /// A category with the number of templates in it.
    public record Category(String id, String label, int count) {}

    public boolean narrowed() {
        return !q.isBlank() || !category.isBlank();
    }
}
