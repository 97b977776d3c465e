package io.autostack.ui.tenancy;

/// A place for a tenant's database; `value` is what the form sends for it.
public record PlacementOption(String value, String title, String text) {}
