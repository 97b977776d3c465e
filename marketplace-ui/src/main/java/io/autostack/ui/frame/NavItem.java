package io.autostack.ui.frame;

/// One way to go from every page. `icon` is a name from the sprite `ui/icons.svg`.
public record NavItem(String label, String href, String icon, boolean current) {}
