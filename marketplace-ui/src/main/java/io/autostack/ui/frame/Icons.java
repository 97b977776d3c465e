package io.autostack.ui.frame;

import io.quarkus.qute.TemplateExtension;

/// Where an icon is: all of them are in one file, which a browser fetches once and keeps.
@TemplateExtension
public final class Icons {

    private Icons() {}

    /// `{item.icon.inSprite}`, for the `href` of a `use`.
    public static String inSprite(String icon) {
        return Assets.ICONS + "#i-" + icon;
    }
}
