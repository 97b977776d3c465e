package io.autostack.marketplace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.autostack.identity.Callers;
import io.autostack.plugin.json.PluginJson;
import io.autostack.shared.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Marketplace")
class TemplatesApi {

    private final Callers callers;
    private final Releases releases;

    @Inject
    TemplatesApi(Callers callers, Releases releases) {
        this.callers = callers;
        this.releases = releases;
    }

    /// A template in a list.
    record Card(String id, String name, String version, String category, String summary, boolean verified) {
        static Card of(Release release) {
            var description = release.description();
            return new Card(
                    release.template(),
                    description.name(),
                    release.version(),
                    description.category(),
                    description.summary(),
                    release.verified());
        }
    }

    /// A template with everything its plugin says of itself.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Template(
            String id,
            String version,
            boolean verified,
            String sha256,
            Instant publishedAt,
            @JsonRawValue String description) {}

    /// One published version.
    record Version(String version, String sha256, boolean verified, Instant publishedAt) {}

    @GET
    @Operation(summary = "Templates on offer; q searches, category filters")
    public Map<String, List<Card>> list(@RestQuery @Nullable String q, @RestQuery @Nullable String category) {
        callers.current().mustBeSignedIn();
        return Map.of(
                "templates", releases.search(q, category).stream().map(Card::of).toList());
    }

    @GET
    @Path("{template}")
    @Operation(summary = "The newest version of a template, with its parameters and permissions")
    public Template get(String template) {
        callers.current().mustBeSignedIn();
        return releases.find(template, null)
                .map(release -> new Template(
                        release.template(),
                        release.version(),
                        release.verified(),
                        release.sha256(),
                        release.publishedAt(),
                        PluginJson.write(release.description())))
                .orElseThrow(() -> notFound(template));
    }

    @GET
    @Path("{template}/versions")
    @Operation(summary = "Every published version of a template, newest first")
    public Map<String, List<Version>> versions(String template) {
        callers.current().mustBeSignedIn();
        var found = releases.versions(template);
        if (found.isEmpty()) throw notFound(template);
        return Map.of(
                "versions",
                found.stream()
                        .map(release -> new Version(
                                release.version(), release.sha256(), release.verified(), release.publishedAt()))
                        .toList());
    }

    private static RuntimeException notFound(String template) {
        return Problem.notFound("There is no template “" + template + "”.").exception();
    }
}
