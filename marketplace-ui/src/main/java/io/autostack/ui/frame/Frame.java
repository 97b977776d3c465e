package io.autostack.ui.frame;

import io.autostack.ui.parts.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every page is put into.
///
/// @param warning what everybody has to know before they rely on this installation; it cannot be dismissed
public record Frame(
        String title,
        Viewer viewer,
        List<NavItem> nav,
        @Nullable String warning,
        @Nullable Notice notice,
        @Nullable Flash flash) {

    public Frame {
        nav = List.copyOf(nav);
    }

    public Frame(String title, Viewer viewer, List<NavItem> nav) {
        this(title, viewer, nav, null, null, null);
    }

    public Frame titled(String other) {
        return new Frame(other, viewer, nav, warning, notice, flash);
    }

    public Frame telling(Tone tone, String text) {
        return new Frame(title, viewer, nav, warning, notice, new Flash(tone, text));
    }

    /// Where the style sheet is, with a mark that changes whenever its content does.
    public String styles() {
        return Assets.STYLES;
    }

    /// Where the script is, with a mark that changes whenever its content does.
    public String script() {
        return Assets.SCRIPT;
    }
}
