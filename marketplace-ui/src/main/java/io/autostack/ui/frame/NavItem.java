package io.autostack.ui.frame;

/// One way to go from every page. `icon` is a name from the sprite in templates/frame/sprite.html.
public record NavItem(String label, String href, String icon, boolean current) {}
