package io.autostack.ui.frame;

import io.autostack.ui.parts.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every page is put into; `facts` are plain sentences about this platform, such as what it only simulates.
public record Frame(
        String title,
        Viewer viewer,
        List<NavItem> nav,
        List<String> facts,
        @Nullable Flash flash) {

    public Frame {
        nav = List.copyOf(nav);
        facts = List.copyOf(facts);
    }

    public Frame(String title, Viewer viewer, List<NavItem> nav) {
        this(title, viewer, nav, List.of(), null);
    }

    public Frame titled(String other) {
        return new Frame(other, viewer, nav, facts, flash);
    }

    public Frame telling(Tone tone, String text) {
        return new Frame(title, viewer, nav, facts, new Flash(tone, text));
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
