package io.autostack.marketplace;

import io.autostack.identity.Callers;
import io.autostack.plugin.Parameter;
import io.autostack.plugin.Permission;
import io.autostack.shared.Problem;
import io.autostack.tenancy.TenantList;
import io.autostack.ui.marketplace.MarketplacePage;
import io.autostack.ui.marketplace.Search;
import io.autostack.ui.marketplace.TemplateCard;
import io.autostack.ui.marketplace.TemplatePage;
import io.autostack.ui.parts.Amount;
import io.autostack.ui.parts.AmountRange;
import io.autostack.ui.parts.Badge;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The catalogue and its templates.
@Path("/marketplace")
@Produces(MediaType.TEXT_HTML)
class MarketplacePages {

    /// More are found by typing; nobody reads through hundreds of buttons.
    private static final int MOST_CHOICES = 8;

    private final Callers callers;
    private final Releases releases;
    private final PlanView view;
    private final TenantList tenants;
    private final Frames frames;

    @Inject
    MarketplacePages(Callers callers, Releases releases, PlanView view, TenantList tenants, Frames frames) {
        this.callers = callers;
        this.releases = releases;
        this.view = view;
        this.tenants = tenants;
        this.frames = frames;
    }

    @GET
    public TemplateInstance grid(@RestQuery @Nullable String q, @RestQuery @Nullable String category) {
        callers.current().mustBeSignedIn();
        var everything = releases.newest();
        var categories = everything.stream()
                .collect(Collectors.groupingBy(
                        release -> release.description().category(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(some -> new Search.Category(
                        some.getKey(), some.getKey(), some.getValue().intValue()))
                .toList();
        return new MarketplacePage(
                frames.frame("Marketplace"),
                new Search(q == null ? "" : q, category == null ? "" : category, categories),
                everything.stream()
                        .filter(release -> Releases.fits(release, q, category))
                        .map(this::card)
                        .toList(),
                null);
    }

    @GET
    @Path("{template}")
    public TemplateInstance template(String template, @RestQuery @Nullable String q) {
        var caller = callers.current().mustBeSignedIn();
        var versions = releases.versions(template);
        if (versions.isEmpty())
            throw Problem.notFound("There is no template “" + template + "”.").exception();
        var release = versions.getFirst();
        return new TemplatePage(
                frames.frame(release.description().name()),
                card(release),
                description(release, versions),
                choices(q == null ? "" : q.strip(), tenants.toWorkIn(caller, q, MOST_CHOICES)));
    }

    private static TemplatePage.TenantChoices choices(String q, TenantList.Found found) {
        return new TemplatePage.TenantChoices(
                q,
                found.page().items().stream()
                        .map(tenant -> new TemplatePage.TenantChoice(tenant.name(), tenant.slug()))
                        .toList(),
                found.page().nextToken() != null);
    }

    private TemplateCard card(Release release) {
        var description = release.description();
        return new TemplateCard(
                release.template(),
                description.name(),
                description.summary(),
                description.category(),
                release.version(),
                release.verified(),
                monthly(release));
    }

    private @Nullable AmountRange monthly(Release release) {
        return release.sample().map(view::cost).map(MarketplacePages::range).orElse(null);
    }

    static AmountRange range(PlanView.Cost cost) {
        return new AmountRange(new Amount(cost.low(), cost.currency()), new Amount(cost.high(), cost.currency()));
    }

    private TemplatePage.Description description(Release release, List<Release> versions) {
        var description = release.description();
        var monthly = monthly(release);
        return new TemplatePage.Description(
                description.description(),
                release.origin().equals("bundled") ? "AutoStack" : "an author of this marketplace",
                versions.stream()
                        .map(version -> new TemplatePage.Version(
                                version.version(),
                                version.publishedAt(),
                                version.verified() ? Badge.status("verified") : Badge.status("listed")))
                        .toList(),
                description.parameters().stream()
                        .map(parameter -> new TemplatePage.Parameter(
                                parameter.name(),
                                parameter.title(),
                                kind(parameter),
                                parameter.initialText().orElse(null),
                                parameter.required(),
                                parameter.help()))
                        .toList(),
                description.permissions().stream().map(Permission::title).toList(),
                monthly == null ? null : new TemplatePage.Example("with every parameter left as it is", monthly));
    }

    private static String kind(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Text text -> "text, " + text.minLength() + " to " + text.maxLength() + " characters";
            case Parameter.Choice choice ->
                "one of "
                        + String.join(
                                ", ",
                                choice.options().stream()
                                        .map(Parameter.Choice.Option::value)
                                        .toList());
            case Parameter.WholeNumber number ->
                "whole number, " + number.min() + " to " + number.max()
                        + (number.unit().isEmpty() ? "" : " " + number.unit());
            case Parameter.Flag flag -> "yes or no";
        };
    }
}
