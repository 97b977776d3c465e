package io.autostack.ui.marketplace;

import io.autostack.ui.frame.Frame;
import io.autostack.ui.parts.AmountRange;
import io.autostack.ui.parts.Badge;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One template: what it builds, what it asks for, and for whom the viewer may deploy it.
@CheckedTemplate(basePath = "marketplace")
public record TemplatePage(Frame frame, TemplateCard template, Description about, TenantChoices tenants)
        implements TemplateInstance {

    /// Everything about a template beyond its card.
    public record Description(
            String text,
            String publisher,
            List<Version> versions,
            List<Parameter> parameters,
            List<String> permissions,
            @Nullable Example example) {}

    /// A published version.
    public record Version(String version, Instant publishedAt, Badge state) {}

    /// A parameter as it is documented; `kind` in words, such as “whole number, 1 to 10”.
    public record Parameter(
            String name,
            String title,
            String kind,
            @Nullable String standard,
            boolean required,
            String help) {}

    /// What a typical deployment costs, and with which choices.
    public record Example(String choices, AmountRange monthly) {}

    /// The tenants for which the viewer may deploy, as far as they fit; the others are found by typing.
    ///
    /// @param more whether there are others
    public record TenantChoices(String q, List<TenantChoice> found, boolean more) {

        public boolean searchable() {
            return more || !q.isEmpty();
        }
    }

    /// A tenant for which the viewer may deploy.
    public record TenantChoice(String name, String slug) {}
}
