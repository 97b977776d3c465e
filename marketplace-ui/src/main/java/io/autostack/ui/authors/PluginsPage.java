package io.autostack.ui.authors;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.Badge;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Releases of template plugins and where each of them stands.
@CheckedTemplate(basePath = "authors")
public record PluginsPage(
        Frame frame, List<Release> releases, @Nullable String next) implements TemplateInstance {

    /// One published jar; `note` says why it is where it is.
    public record Release(
            String plugin,
            String version,
            String publisher,
            List<TemplateLink> templates,
            Badge state,
            Instant publishedAt,
            String sha256,
            @Nullable String note) {}

    /// A template that a release brings along.
    public record TemplateLink(String id, String name) {}
}
