package io.autostack.plugin.runner;

import io.autostack.plugin.PluginApi;
import io.autostack.plugin.StackTemplate;
import io.autostack.plugin.jar.Finding;
import io.autostack.plugin.jar.JarFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import org.pf4j.JarPluginManager;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;

/// A plugin jar whose one template is ready to be asked.
public final class LoadedPlugin implements AutoCloseable {

    private final JarPluginManager plugins;
    private final JarFacts facts;
    private final StackTemplate template;

    private LoadedPlugin(JarPluginManager plugins, JarFacts facts, StackTemplate template) {
        this.plugins = plugins;
        this.facts = facts;
        this.template = template;
    }

    /// What came of loading a jar.
    public sealed interface Loading {
        record Loaded(LoadedPlugin plugin) implements Loading {}

        record Refused(String reason) implements Loading {}
    }

    /// Checks the jar, then loads it into this process. The plugin's own code runs from here on.
    public static Loading load(Path jar) throws IOException {
        return switch (JarFacts.read(jar)) {
            case JarFacts.Reading.Flawed(var findings) ->
                new Loading.Refused(findings.stream().map(Finding::message).collect(Collectors.joining(" ")));
            case JarFacts.Reading.Sound(var facts) -> load(jar.toAbsolutePath(), facts);
        };
    }

    private static Loading load(Path jar, JarFacts facts) {
        var plugins = new JarPluginManager(Objects.requireNonNull(jar.getParent()));
        // Without a system version PF4J takes every Plugin-Requires for fulfilled.
        plugins.setSystemVersion(PluginApi.VERSION);
        Loading outcome;
        try {
            outcome = start(plugins, jar, facts);
        } catch (PluginRuntimeException | IllegalArgumentException | LinkageError e) {
            outcome = new Loading.Refused("The plugin could not be loaded: " + Words.of(e));
        }
        if (outcome instanceof Loading.Refused) plugins.unloadPlugins();
        return outcome;
    }

    private static Loading start(JarPluginManager plugins, Path jar, JarFacts facts) {
        var id = plugins.loadPlugin(jar);
        // PF4J does not throw when the version does not fit: it disables the plugin.
        if (plugins.getPlugin(id).getPluginState() == PluginState.DISABLED)
            return new Loading.Refused("The plugin requires plugin API " + facts.pluginRequires() + "; this is "
                    + PluginApi.VERSION + ".");
        if (plugins.startPlugin(id) != PluginState.STARTED)
            return new Loading.Refused("The plugin did not start: "
                    + Words.of(plugins.getPlugin(id).getFailedException()));
        var templates = plugins.getExtensions(StackTemplate.class, id);
        if (templates.size() != 1)
            return new Loading.Refused("The jar must contain exactly one template (a StackTemplate annotated with "
                    + "@Extension and indexed in META-INF/extensions.idx), but has " + templates.size() + ".");
        return new Loading.Loaded(new LoadedPlugin(plugins, facts, templates.getFirst()));
    }

    public JarFacts facts() {
        return facts;
    }

    public StackTemplate template() {
        return template;
    }

    @Override
    public void close() {
        plugins.unloadPlugins();
    }
}
