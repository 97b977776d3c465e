package io.autostack.portal;

import io.autostack.identity.Callers;
import io.autostack.identity.Role;
import io.autostack.marketplace.Release;
import io.autostack.marketplace.Releases;
import io.autostack.ui.authors.PluginsPage;
import io.autostack.ui.parts.Badge;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// Published plugins, for authors and operators.
@Path("/plugins")
@Produces(MediaType.TEXT_HTML)
class PluginPages {

    private final Callers callers;
    private final Releases releases;
    private final Frames frames;

    @Inject
    PluginPages(Callers callers, Releases releases, Frames frames) {
        this.callers = callers;
        this.releases = releases;
        this.frames = frames;
    }

    @GET
    public TemplateInstance list() {
        callers.current().mustBe(Role.OPERATOR, Role.AUTHOR);
        return new PluginsPage(
                frames.frame("Plugins"),
                releases.everyVersion().stream()
                        .flatMap(List::stream)
                        .map(PluginPages::row)
                        .toList(),
                null);
    }

    private static PluginsPage.Release row(Release release) {
        return new PluginsPage.Release(
                release.template(),
                release.version(),
                release.origin().equals("bundled") ? "AutoStack" : "an author",
                List.of(new PluginsPage.TemplateLink(
                        release.template(), release.description().name())),
                Badge.status(release.verified() ? "verified" : "listed"),
                release.publishedAt(),
                release.sha256(),
                null);
    }
}
