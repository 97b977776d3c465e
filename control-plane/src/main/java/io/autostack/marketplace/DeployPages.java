package io.autostack.marketplace;

import io.autostack.identity.Callers;
import io.autostack.plugin.Parameter;
import io.autostack.shared.Problem;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.ProblemType;
import io.autostack.tenancy.TenantAccess;
import io.autostack.tenancy.TenantRow;
import io.autostack.ui.marketplace.DeployForm;
import io.autostack.ui.marketplace.DeployPage;
import io.autostack.ui.marketplace.Field;
import io.autostack.web.Frames;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From a template to a plan: the form that asks for its parameters.
@Path("/tenants/{tenant}")
@Produces(MediaType.TEXT_HTML)
class DeployPages {

    private static final String PARAMETER = "p.";

    private final Callers callers;
    private final TenantAccess access;
    private final Releases releases;
    private final PlanDeployment planDeployment;
    private final Frames frames;

    @Inject
    DeployPages(Callers callers, TenantAccess access, Releases releases, PlanDeployment planDeployment, Frames frames) {
        this.callers = callers;
        this.access = access;
        this.releases = releases;
        this.planDeployment = planDeployment;
        this.frames = frames;
    }

    @GET
    @Path("deploy/{template}")
    public TemplateInstance form(String tenant, String template) {
        var row = access.toWorkIn(tenant);
        var release = release(template, null);
        var answers = new TreeMap<String, String>();
        for (var parameter : release.description().parameters())
            parameter.initialText().ifPresent(text -> answers.put(parameter.name(), text));
        return page(row, release, "", answers, List.of());
    }

    @POST
    @Path("deployment-plans")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response plan(String tenant, MultivaluedMap<String, String> form) {
        var row = access.toWorkIn(tenant);
        var release = release(form.getFirst("template"), form.getFirst("version"));
        var name = form.getFirst("name");
        var answers = answers(release, form);
        return switch (planDeployment.plan(
                callers.current(), row, release.template(), release.version(), name, answers)) {
            case PlanDeployment.Result.Planned(var plan) ->
                Response.seeOther(URI.create("/tenants/" + row.slug() + "/deployment-plans/" + plan.id()))
                        .build();
            case PlanDeployment.Result.Invalid(var errors) ->
                Response.status(422)
                        .entity(page(row, release, name == null ? "" : name, answers, errors)
                                .render())
                        .build();
            case PlanDeployment.Result.TenantNotActive(var status) -> throw DeploymentsApi.notActive(status.word());
            case PlanDeployment.Result.PluginFailed(var reason) ->
                throw Problem.of(ProblemType.PLUGIN_FAILED, reason).exception();
            case PlanDeployment.Result.PluginBarred(var reason) ->
                throw Problem.of(ProblemType.PLUGIN_BARRED, reason).exception();
            case PlanDeployment.Result.Busy(var forThisTenant) -> throw DeploymentsApi.busy(forThisTenant);
        };
    }

    /// A box that is not ticked is not sent; it means no.
    private static Map<String, String> answers(Release release, MultivaluedMap<String, String> form) {
        var answers = new TreeMap<String, String>();
        for (var parameter : release.description().parameters())
            if (parameter instanceof Parameter.Flag) answers.put(parameter.name(), "false");
        form.forEach((field, values) -> {
            if (field.startsWith(PARAMETER)) answers.put(field.substring(PARAMETER.length()), values.getFirst());
        });
        return answers;
    }

    private Release release(@Nullable String template, @Nullable String version) {
        return releases.find(template == null ? "" : template, version)
                .orElseThrow(() -> Problem.notFound("There is no template “" + template + "” in that version.")
                        .exception());
    }

    private DeployPage page(
            TenantRow tenant, Release release, String name, Map<String, String> answers, List<FieldError> errors) {
        var fields = new ArrayList<Field>();
        fields.add(marked(
                Field.text("name", "Name of the app", "Its short name is made from this.", name, true),
                "name",
                errors));
        for (var parameter : release.description().parameters()) {
            var value = answers.getOrDefault(parameter.name(), "");
            fields.add(marked(field(parameter, value), "parameters." + parameter.name(), errors));
        }
        var known = fields.stream().map(DeployPages::problemField).toList();
        return new DeployPage(
                frames.frame("Deploy " + release.description().name()),
                new DeployForm(
                        tenant.name(),
                        tenant.slug(),
                        release.template(),
                        release.description().name(),
                        release.version(),
                        fields,
                        errors.stream()
                                .filter(error -> !known.contains(error.field()))
                                .map(error -> error.field() + ": " + error.message())
                                .toList()));
    }

    private static String problemField(Field field) {
        return field.name().startsWith(PARAMETER)
                ? "parameters." + field.name().substring(PARAMETER.length())
                : field.name();
    }

    private static Field marked(Field field, String name, List<FieldError> errors) {
        return errors.stream()
                .filter(error -> error.field().equals(name))
                .findFirst()
                .map(error -> field.wrong(error.message()))
                .orElse(field);
    }

    private static String titled(Parameter.WholeNumber number) {
        return number.unit().isEmpty() ? number.title() : number.title() + " (" + number.unit() + ")";
    }

    private static Field field(Parameter parameter, String value) {
        var name = PARAMETER + parameter.name();
        var help = parameter.help().isEmpty() ? null : parameter.help();
        return switch (parameter) {
            case Parameter.Text text -> Field.text(name, text.title(), help, value, text.required());
            case Parameter.Choice choice ->
                Field.choice(
                        name,
                        choice.title(),
                        help,
                        value,
                        choice.required(),
                        choice.options().stream()
                                .map(option -> new Field.Choice(option.value(), option.title()))
                                .toList());
            case Parameter.WholeNumber number ->
                Field.number(name, titled(number), help, value, number.required(), number.min(), number.max());
            case Parameter.Flag flag -> Field.flag(name, flag.title(), help, Boolean.parseBoolean(value));
        };
    }
}
