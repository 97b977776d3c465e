package io.autostack.ui.frame;

import io.autostack.ui.parts.Tone;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What every page is put into; `facts` are plain sentences about this platform, such as what it only simulates.
public record Frame(
        String title,
        Viewer viewer,
        List<NavItem> nav,
        List<String> facts,
        @Nullable Flash flash,
        @Nullable String csrf) {

    /// The name of the hidden form field that carries `csrf`.
    public static final String CSRF_FIELD = "csrf-token";

    /// The name of the header in which htmx sends `csrf` along.
    public static final String CSRF_HEADER = "X-CSRF-Token";

    /// The token is also written into a JSON attribute, so it must not need escaping there.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    public Frame {
        nav = List.copyOf(nav);
        facts = List.copyOf(facts);
        if (csrf != null && !PLAIN.matcher(csrf).matches())
            throw new IllegalArgumentException("csrf must be plain ASCII");
    }

    public Frame(String title, Viewer viewer, List<NavItem> nav) {
        this(title, viewer, nav, List.of(), null, null);
    }

    public Frame titled(String other) {
        return new Frame(other, viewer, nav, facts, flash, csrf);
    }

    public Frame telling(Tone tone, String text) {
        return new Frame(title, viewer, nav, facts, new Flash(tone, text), csrf);
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
