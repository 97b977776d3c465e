package io.autostack.marketplace;

import io.autostack.identity.Caller;
import io.autostack.plugin.Answers;
import io.autostack.plugin.Component;
import io.autostack.plugin.StackPlan;
import io.autostack.pluginhost.Artefacts;
import io.autostack.pluginhost.Inquiry;
import io.autostack.pluginhost.PluginAnswer;
import io.autostack.pluginhost.PluginRunner;
import io.autostack.provisioning.cloud.CloudDescription;
import io.autostack.shared.Problem.FieldError;
import io.autostack.shared.UuidV7;
import io.autostack.shared.VisibleText;
import io.autostack.tenancy.Projects;
import io.autostack.tenancy.Slugs;
import io.autostack.tenancy.TenantRow;
import io.autostack.tenancy.TenantStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a template's plugin what it would build for a tenant, and keeps the answer until somebody approves it.
@ApplicationScoped
public class PlanDeployment {

    /// How long a plan can be approved; prices and limits are looked at again then.
    static final Duration OPEN_FOR = Duration.ofHours(1);

    private static final int MAX_NAME_LENGTH = 100;

    private final Releases releases;
    private final Artefacts artefacts;
    private final PluginRunner plugins;
    private final Projects projects;
    private final Deployments deployments;
    private final InstantSource clock;
    private final CloudDescription.Limits limits;

    @Inject
    PlanDeployment(
            Releases releases,
            Artefacts artefacts,
            PluginRunner plugins,
            Projects projects,
            Deployments deployments,
            InstantSource clock,
            CloudDescription cloud) {
        this.releases = releases;
        this.artefacts = artefacts;
        this.plugins = plugins;
        this.projects = projects;
        this.deployments = deployments;
        this.clock = clock;
        this.limits = cloud.limits();
    }

    /// What can come of it.
    public sealed interface Result {

        record Planned(DeploymentPlan plan) implements Result {}

        /// Fields are `template`, `version`, `name` and `parameters.…`.
        record Invalid(List<FieldError> errors) implements Result {}

        record TenantNotActive(TenantStatus status) implements Result {}

        record PluginFailed(String reason) implements Result {}

        /// The plugin was not asked, and will not be on this machine.
        record PluginBarred(String reason) implements Result {}

        /// The plugin was not asked: too many plans are being made.
        record Busy(boolean forThisTenant) implements Result {}
    }

    /// @param version null for the newest
    /// @param answers by parameter name
    public Result plan(
            Caller caller,
            TenantRow tenant,
            @Nullable String template,
            @Nullable String version,
            @Nullable String name,
            Map<String, String> answers) {
        if (tenant.status() != TenantStatus.ACTIVE) return new Result.TenantNotActive(tenant.status());
        var release = releases.find(template == null ? "" : template, version);
        var appName = name == null ? "" : name.strip();
        var appSlug = Slugs.from(appName, Slugs.MAX_APP_LENGTH);
        var errors = new ArrayList<FieldError>(nameErrors(appName, appSlug));
        if (release.isEmpty()) {
            errors.addFirst(new FieldError(
                    version == null
                                    || releases.versions(template == null ? "" : template)
                                            .isEmpty()
                            ? "template"
                            : "version",
                    "is not on offer; GET /api/v1/templates lists what is"));
            return new Result.Invalid(errors);
        }
        answers.forEach((parameter, answer) -> {
            if (!isText(answer))
                errors.add(new FieldError(
                        "parameters." + parameter, "must not contain control characters or half of a character"));
        });
        var description = release.get().description();
        if (Answers.check(description.parameters(), answers) instanceof Answers.Checked.Invalid(var fields))
            fields.forEach(field -> errors.add(new FieldError("parameters." + field.name(), field.message())));
        if (!errors.isEmpty()) return new Result.Invalid(errors);

        var jar = artefacts.find(release.get().sha256());
        if (jar.isEmpty())
            return new Result.PluginFailed("The template's jar is missing from the artefact store. Tell an operator.");
        return switch (plugins.plan(
                new Inquiry(jar.get(), release.get().jarFrom(), tenant.id().toString()),
                description.permissions(),
                answers)) {
            case PluginAnswer.Planned(StackPlan stack, String json) ->
                keep(caller, tenant, release.get(), appName, appSlug, answers, stack);
            case PluginAnswer.Invalid(var fields) ->
                new Result.Invalid(fields.stream()
                        .map(field -> new FieldError("parameters." + field.name(), field.message()))
                        .toList());
            case PluginAnswer.Refused(var reason) -> new Result.PluginFailed(reason);
            case PluginAnswer.Crashed(var reason) -> new Result.PluginFailed(reason);
            case PluginAnswer.TimedOut(var limit) ->
                new Result.PluginFailed("It did not answer within " + limit.toSeconds() + " seconds.");
            case PluginAnswer.Barred(var reason) -> new Result.PluginBarred(reason);
            case PluginAnswer.Busy(var ofTheSameTenant) -> new Result.Busy(ofTheSameTenant);
        };
    }

    private Result keep(
            Caller caller,
            TenantRow tenant,
            Release release,
            String appName,
            String appSlug,
            Map<String, String> answers,
            StackPlan stack) {
        if (limits.buckets().isPresent()
                && stack.components().stream().anyMatch(Component.ObjectStorage.class::isInstance))
            return new Result.Invalid(
                    List.of(new FieldError("template", limits.buckets().get())));
        var plan = new DeploymentPlan(
                UuidV7.next(),
                tenant.id(),
                release.template(),
                release.version(),
                appName,
                appSlug,
                answers,
                stack,
                clock.instant().plus(OPEN_FOR));
        deployments.add(plan, caller.name());
        return new Result.Planned(plan);
    }

    /// Whether every store keeps it as it is. Several lines may be.
    private static boolean isText(String answer) {
        return answer.codePoints()
                .noneMatch(point -> Character.getType(point) == Character.SURROGATE
                        || (Character.isISOControl(point) && point != '\n' && point != '\r' && point != '\t'));
    }

    private List<FieldError> nameErrors(String name, String slug) {
        if (name.isEmpty()) return List.of(new FieldError("name", "is needed"));
        if (name.length() > MAX_NAME_LENGTH)
            return List.of(new FieldError("name", "may have " + MAX_NAME_LENGTH + " characters at the most"));
        var unseen = VisibleText.problem(name);
        if (unseen.isPresent()) return List.of(new FieldError("name", unseen.get()));
        if (Slugs.problemOfApp(slug).isPresent())
            return List.of(new FieldError("name", "needs a letter and at least two letters or digits"));
        if (projects.isTaken(slug))
            return List.of(
                    new FieldError("name", "there is an app called “" + slug + "” already; choose another name"));
        return List.of();
    }
}
