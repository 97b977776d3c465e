package io.autostack.ui.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who looks at the page; nobody has signed in when there is no name.
public record Viewer(@Nullable String name, List<String> roles) {

    public Viewer {
        roles = List.copyOf(roles);
    }

    public static Viewer signedOut() {
        return new Viewer(null, List.of());
    }

    public boolean signedIn() {
        return name != null;
    }
}
