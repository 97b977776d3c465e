package io.autostack.pluginhost;

import io.autostack.plugin.Permission;
import io.autostack.plugin.StackPlan;
import io.autostack.plugin.TemplateDescription;
import io.autostack.plugin.jar.Finding;
import io.autostack.plugin.jar.JarFacts;
import io.autostack.plugin.json.PluginJson;
import io.autostack.pluginhost.PluginAnswer.Barred;
import io.autostack.pluginhost.PluginAnswer.Busy;
import io.autostack.pluginhost.PluginAnswer.Crashed;
import io.autostack.pluginhost.PluginAnswer.Described;
import io.autostack.pluginhost.PluginAnswer.Invalid;
import io.autostack.pluginhost.PluginAnswer.Planned;
import io.autostack.pluginhost.PluginAnswer.Refused;
import io.autostack.pluginhost.PluginAnswer.TimedOut;
import io.autostack.pluginhost.PluginAnswer.ToDescribe;
import io.autostack.pluginhost.PluginAnswer.ToPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks a plugin one question in a process of its own, and believes only what keeps the plugin API's promises.
///
/// An answer waits for seconds: never ask inside a transaction.
@ApplicationScoped
public class PluginRunner {

    private static final Logger LOG = Logger.getLogger(PluginRunner.class);

    private static final int MAX_LOG_LINE = 1_000;

    private static final String BARRED =
            "This template was written by others, and this machine cannot lock such code in."
                    + " It is not asked. An operator finds the reason in the log.";

    private final PluginHostConfig config;
    private final Limits limits;
    private final PluginQueue queue;
    private @Nullable Cage cage;

    PluginRunner(PluginHostConfig config) {
        this.config = config;
        this.limits = Limits.of(config.timeLimit());
        this.queue =
                new PluginQueue(config.parallel(), config.waitingPerTenant(), config.waiting(), config.timeLimit());
    }

    public ToDescribe describe(Inquiry inquiry) {
        var heard = ask(inquiry, "describe", "{}");
        return switch (heard.reply()) {
            case RunnerReply.Template(var description) ->
                described(heard.facts().orElseThrow(), description);
            case RunnerReply.Plan _ -> new Crashed("It answered a question that it was not asked.");
            case RunnerReply.Problem(var problem, var _) -> new Refused(problem);
            case RunnerReply.None(var reason) -> new Crashed(reason);
            case RunnerReply.TooLate _ -> new TimedOut(config.timeLimit());
            case RunnerReply.Barred _ -> new Barred(BARRED);
            case RunnerReply.Busy(var ofTheSameAsker) -> new Busy(ofTheSameAsker);
        };
    }

    private static ToDescribe described(JarFacts facts, TemplateDescription description) {
        return description.id().equals(facts.pluginId())
                ? new Described(new TemplateFacts(facts, description))
                : new Refused("The template's id \"" + description.id() + "\" must be the jar's Plugin-Id \""
                        + facts.pluginId() + "\".");
    }

    /// @param granted the permissions under which the template was published
    public ToPlan plan(Inquiry inquiry, Set<Permission> granted, Map<String, String> answers) {
        return switch (ask(inquiry, "plan", PluginJson.request(answers)).reply()) {
            case RunnerReply.Plan(var plan) -> permitted(plan, granted);
            case RunnerReply.Template _ -> new Crashed("It answered a question that it was not asked.");
            case RunnerReply.Problem(var problem, var fields) ->
                fields.isEmpty() ? new Refused(problem) : new Invalid(fields);
            case RunnerReply.None(var reason) -> new Crashed(reason);
            case RunnerReply.TooLate _ -> new TimedOut(config.timeLimit());
            case RunnerReply.Barred _ -> new Barred(BARRED);
            case RunnerReply.Busy(var ofTheSameAsker) -> new Busy(ofTheSameAsker);
        };
    }

    /// What this machine keeps from plugins; finding out starts a process the first time.
    public Isolation isolation() {
        return cage().isolation();
    }

    /// The plugin jars that come with the product, in the order of their names.
    public List<Path> bundled() {
        if (config.bundled().isEmpty()) return List.of();
        try (var files = Files.list(config.bundled().get())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("autostack.plugins.bundled cannot be read", e);
        }
    }

    /// What came of a question, with what the jar says of itself when it was looked at.
    private record Heard(Optional<JarFacts> facts, RunnerReply reply) {

        static Heard nothing(RunnerReply reply) {
            return new Heard(Optional.empty(), reply);
        }
    }

    /// Even looking into a jar waits for its turn: that unpacks all of it.
    private Heard ask(Inquiry inquiry, String question, String request) {
        if (inquiry.origin() == Origin.THIRD_PARTY && isolation() == Isolation.NONE)
            return Heard.nothing(new RunnerReply.Barred());
        try {
            return switch (queue.take(inquiry.asker())) {
                case TOO_MANY_OF_THE_SAME -> Heard.nothing(new RunnerReply.Busy(true));
                case TOO_MANY_IN_ALL -> Heard.nothing(new RunnerReply.Busy(false));
                case ADMITTED -> admitted(inquiry, question, request, Priority.NORMAL);
                case ADMITTED_WITH_LOW_PRIORITY -> admitted(inquiry, question, request, Priority.LOW);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a plugin waited for its turn", e);
        }
    }

    private Heard admitted(Inquiry inquiry, String question, String request, Priority priority) {
        try {
            return inspected(inquiry.jar(), question, request, priority);
        } finally {
            queue.giveBack(inquiry.asker());
        }
    }

    private Heard inspected(Path jar, String question, String request, Priority priority) {
        return switch (read(jar)) {
            case JarFacts.Reading.Flawed(var findings) ->
                Heard.nothing(new RunnerReply.Problem(words(findings), List.of()));
            case JarFacts.Reading.Sound(var facts) ->
                new Heard(Optional.of(facts), asked(jar, question, request, priority));
        };
    }

    private RunnerReply asked(Path jar, String question, String request, Priority priority) {
        try (var workspace = Workspace.make()) {
            var command = priority.command(cage().command(workspace, limits, question, jar.toRealPath()));
            var outcome = RunnerProcess.run(command, workspace.work(), request, limits);
            if (!outcome.log().isBlank())
                LOG.infof("%s of %s: %s", question, jar.getFileName(), oneLine(outcome.log()));
            return RunnerReply.of(outcome);
        } catch (IOException e) {
            throw new UncheckedIOException("the plugin runner could not be started", e);
        }
    }

    /// The runner holds a template to its own declaration, but runs in the plugin's process: only this check
    /// counts.
    private static ToPlan permitted(StackPlan plan, Set<Permission> granted) {
        var missing = EnumSet.noneOf(Permission.class);
        missing.addAll(plan.permissions());
        missing.removeAll(granted);
        if (missing.isEmpty()) return new Planned(plan, PluginJson.write(plan));
        return new Refused("The plan needs permissions that were not granted: "
                + missing.stream().map(Permission::name).collect(Collectors.joining(", ")) + ".");
    }

    private synchronized Cage cage() {
        if (cage == null) cage = findCage();
        return cage;
    }

    private Cage findCage() {
        try {
            var java = config.java().orElse(Path.of(System.getProperty("java.home"), "bin", "java"));
            var found = Cage.strongest(existing(java, "java"), existing(config.runner(), "runner"));
            if (found.isolation() == Isolation.CAGED) LOG.info(found.isolation().words());
            else LOG.warn(found.isolation().words());
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("plugins cannot be run", e);
        }
    }

    private static Path existing(Path file, String key) throws IOException {
        if (!Files.isRegularFile(file))
            throw new IllegalStateException("autostack.plugins." + key + " names no file: " + file);
        return file.toRealPath();
    }

    private static JarFacts.Reading read(Path jar) {
        try {
            return JarFacts.read(jar);
        } catch (IOException e) {
            throw new UncheckedIOException("the artefact cannot be read", e);
        }
    }

    private static String words(List<Finding> findings) {
        return findings.stream().map(Finding::message).collect(Collectors.joining(" "));
    }

    /// A plugin must not be able to write lines into our log that look like ours.
    private static String oneLine(String log) {
        var line = RunnerReply.plain(log.strip().replaceAll("\\R", " ⏎ "));
        return line.length() <= MAX_LOG_LINE ? line : line.substring(0, MAX_LOG_LINE) + "…";
    }
}
